/** A note under a chart that keeps its height: what lies below must not move away from under the pointer that changed it. */
import { element, setText } from '../page/dom.ts';

export class SteadyNote {
  readonly root: HTMLElement;
  private readonly words: HTMLElement;
  private readonly room = element('p', { 'class': 'note', 'aria-hidden': 'true' });
  private reserved = '';

  constructor(testId: string) {
    this.words = element('p', { 'class': 'note', 'data-testid': testId });
    this.root = element('div', { class: 'steady-note' }, this.room, this.words);
  }

  /** Keeps room for a text from now on, whatever is said. */
  reserve(text: string): void {
    this.reserved = text;
    setText(this.room, text);
  }

  say(text: string): void {
    if (text.length > this.reserved.length) this.reserve(text);
    setText(this.words, text);
  }
}
