/** Says to screen readers what has changed without being asked: the beginning and the verdict of a run. */
import { selectedRun } from '../state/selectors.ts';
import type { ViewState } from '../state/state.ts';
import { element, setText } from './dom.ts';
import { judge } from './tone.ts';

export class Announcer {
  readonly root = element('div', {
    'class': 'visually-hidden',
    'aria-live': 'polite',
    'role': 'status',
    'data-testid': 'announcer',
  });

  render(state: ViewState): void {
    const run = selectedRun(state);
    // The text changes only with the state of the run, and only what changes is read out.
    setText(this.root, run === undefined ? '' : announcement(run.header.network, judge(run.header)));
  }
}

function announcement(network: string, { title, evidence }: ReturnType<typeof judge>): string {
  return `${network}: ${title}${evidence === '' ? '' : `, ${evidence}`}`;
}
