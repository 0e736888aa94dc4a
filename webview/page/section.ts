/** A part of the page that folds. */
import type { SectionId } from '../state/state.ts';
import { element, icon, setAttribute, setText } from './dom.ts';
import type { Intents } from './intents.ts';

export interface SectionParts {
  readonly id: SectionId;
  readonly title: string;
  readonly body: HTMLElement;
  /** Buttons beside the heading. */
  readonly tools?: readonly HTMLElement[];
}

export class Section {
  readonly root: HTMLElement;
  readonly id: SectionId;
  private readonly toggle: HTMLButtonElement;
  private readonly body: HTMLElement;
  private readonly hint = element('span', { class: 'hint' });

  constructor({ id, title, body, tools = [] }: SectionParts, intents: Intents) {
    this.id = id;
    this.toggle = element(
      'button',
      { 'type': 'button', 'class': 'fold', 'aria-controls': `${id}-body`, 'data-testid': `${id}-heading` },
      icon('chevron-right'),
      title,
    );
    this.toggle.addEventListener('click', () => intents.toggleSection(id));
    this.body = element('div', { id: `${id}-body`, class: 'section-body' }, body);
    this.root = element(
      'section',
      { 'class': `section section-${id}`, 'aria-label': title, 'data-testid': `section-${id}` },
      element(
        'div',
        { class: 'section-head' },
        element('h2', {}, this.toggle),
        this.hint,
        element('div', { class: 'tools' }, ...tools),
      ),
      this.body,
    );
  }

  get isOpen(): boolean {
    return !this.body.hidden && !this.root.hidden;
  }

  /** Folds, opens, or takes the section away where the run has nothing for it; `hint` says in a line how to read it. */
  show(isFolded: boolean, hasContent: boolean, hint: string): void {
    setText(this.hint, hint);
    setAttribute(this.hint, 'title', hint);
    this.root.hidden = !hasContent;
    this.body.hidden = isFolded;
    setAttribute(this.toggle, 'aria-expanded', String(!isFolded));
  }

  focus(): void {
    this.toggle.focus();
    this.root.scrollIntoView({ block: 'start' });
  }
}
