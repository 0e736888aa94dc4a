/** Chooses the runs that are laid over the selected one. */
import { runLabel } from '../state/selectors.ts';
import type { ViewState } from '../state/state.ts';
import { element, setText } from './dom.ts';
import type { Intents } from './intents.ts';
import { judge } from './tone.ts';

export class CompareMenu {
  readonly root = element('details', { 'class': 'menu', 'data-testid': 'compare' });
  private readonly summary = element('summary', {}, 'Compare');
  private readonly list = element('div', {
    'class': 'menu-list',
    'role': 'group',
    'aria-label': 'Runs to lay over this one',
  });
  private readonly intents: Intents;
  private shown = '';

  constructor(intents: Intents) {
    this.intents = intents;
    this.root.append(this.summary, this.list);
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.root.open) return;
      event.stopPropagation();
      this.root.open = false;
      this.summary.focus();
    });
    document.addEventListener('pointerdown', (event) => {
      if (event.target instanceof Node && !this.root.contains(event.target)) this.root.open = false;
    });
  }

  render(state: ViewState): void {
    const others = state.runs.filter(({ header }) => header.id !== state.selectedRun).toReversed();
    this.root.hidden = others.length === 0;
    const count = state.comparedRuns.length;
    setText(this.summary, count === 0 ? 'Compare' : `Compare (${count})`);
    const entries = others.map(({ header }) => ({
      id: header.id,
      label: `${runLabel(header)} · ${judge(header).title}`,
      checked: state.comparedRuns.includes(header.id),
    }));
    const key = JSON.stringify(entries);
    if (key === this.shown) return;
    this.shown = key;
    const focused =
      document.activeElement instanceof HTMLInputElement ? document.activeElement.value : undefined;
    this.list.replaceChildren(...entries.map((entry) => this.choice(entry)));
    this.list.querySelectorAll('input').forEach((input) => input.value === focused && input.focus());
  }

  private choice({ id, label, checked }: { id: string; label: string; checked: boolean }): HTMLElement {
    const box = element('input', { type: 'checkbox', value: id });
    box.checked = checked;
    box.addEventListener('change', () => this.intents.toggleCompared(id));
    return element('label', {}, box, label);
  }
}
