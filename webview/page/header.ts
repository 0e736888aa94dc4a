/** The top of the page: which network, what is the verdict, how it went, and what can be done. */
import { explanations } from '../../src/analysis/explain.ts';
import { formatCount, formatNumber, formatShare } from '../../src/analysis/numbers.ts';
import type { RunHeader } from '../../src/protocol/view.ts';
import { chosenRow, hasRows, selectedRun } from '../state/selectors.ts';
import type { ShownRun, ViewState } from '../state/state.ts';
import { element, fitChildren, icon, setAttribute, setText } from './dom.ts';
import type { Intents } from './intents.ts';
import { judge, type Tone } from './tone.ts';

const toneIcons: Readonly<Record<Tone, string>> = {
  good: 'pass',
  neutral: 'info',
  warning: 'warning',
  error: 'error',
  running: 'pulse',
};

export class Header {
  readonly root: HTMLElement;
  private readonly network = element('h1', { 'data-testid': 'network' });
  private readonly verdictIcon = element('span', { 'aria-hidden': 'true' });
  private readonly verdictTitle = element('strong', { 'data-testid': 'verdict' });
  private readonly evidence = element('span', { 'class': 'evidence', 'data-testid': 'evidence' });
  private readonly verdict: HTMLElement;
  private readonly figures = element('dl', { 'class': 'figures', 'data-testid': 'figures' });
  private readonly progress = element('progress', { 'aria-label': 'training', 'data-testid': 'progress' });
  private readonly stop: HTMLButtonElement;
  private readonly analyze: HTMLButtonElement;
  private readonly save: HTMLButtonElement;
  private readonly stale: HTMLElement;
  private readonly notes = element('ul', { 'class': 'notes', 'data-testid': 'notes' });

  constructor(intents: Intents, currentNetwork: () => string | undefined) {
    const run = (): void => {
      const network = currentNetwork();
      if (network !== undefined) intents.analyze(network);
    };
    this.stop = element(
      'button',
      { 'type': 'button', 'class': 'secondary', 'data-testid': 'stop' },
      icon('stop'),
      'Stop',
    );
    this.stop.addEventListener('click', () => intents.stop());
    this.analyze = element('button', { 'type': 'button', 'data-testid': 'analyze' }, icon('play'), 'Analyze');
    this.analyze.addEventListener('click', run);
    this.save = element(
      'button',
      {
        'type': 'button',
        'class': 'icon-button',
        'aria-label': 'Save the run as .vglog',
        'title': 'Save the run as .vglog',
        'data-testid': 'save-log',
      },
      icon('save'),
    );
    this.save.addEventListener('click', () => intents.saveLog());
    const again = element('button', { type: 'button', class: 'link' }, 'Analyze again');
    again.addEventListener('click', run);
    this.stale = element(
      'p',
      { 'class': 'stale', 'data-testid': 'stale' },
      icon('history'),
      'The text was edited since: these are the results before the edit. ',
      again,
    );
    this.verdict = element(
      'p',
      { class: 'verdict' },
      this.verdictIcon,
      this.verdictTitle,
      ' ',
      this.evidence,
    );
    this.root = element(
      'header',
      { class: 'header' },
      element(
        'div',
        { class: 'title-row' },
        this.network,
        element('div', { class: 'actions' }, this.save, this.stop, this.analyze),
      ),
      this.verdict,
      this.progress,
      this.stale,
      this.figures,
      this.notes,
    );
  }

  render(state: ViewState): void {
    const run = selectedRun(state);
    const running = run?.header.state === 'running';
    setText(this.network, run?.header.network || 'Gradients');
    this.stop.hidden = !running;
    this.analyze.hidden = running || state.networks.length === 0;
    this.stale.hidden = run === undefined || !run.header.stale || running;
    this.verdict.hidden = run === undefined;
    this.progress.hidden = run === undefined;
    // It keeps its place when a run ends: what lies below must not move away from under the pointer.
    this.progress.classList.toggle('idle', !running);
    this.save.hidden = run === undefined || !hasRows(run);
    this.figures.hidden = this.save.hidden;
    const notes = run?.header.notes ?? [];
    this.notes.hidden = notes.length === 0;
    fitChildren(this.notes, notes.length, () => element('li'));
    for (const [index, item] of [...this.notes.children].entries()) setText(item, notes[index] ?? '');
    if (run === undefined) return;
    this.renderVerdict(run.header);
    if (running) this.renderProgress(run);
    this.renderFigures(state, run);
  }

  private renderVerdict(header: RunHeader): void {
    const { tone, title, evidence } = judge(header);
    setAttribute(this.verdict, 'class', `verdict tone-${tone}`);
    setAttribute(this.verdictIcon, 'class', `icon icon-${toneIcons[tone]}`);
    setText(this.verdictTitle, title);
    setText(this.evidence, evidence);
    const { verdict } = header;
    setAttribute(
      this.verdict,
      'title',
      verdict && `${explanations[verdict.kind]?.is ?? ''}\n${explanations[verdict.kind]?.isNot ?? ''}`,
    );
  }

  private renderProgress({ header, recording }: ShownRun): void {
    const { seeds, plannedSteps } = header;
    const done = (recording.rows.steps.at(-1) ?? -1) + 1;
    this.progress.max = Math.max(1, seeds?.plannedSteps ?? plannedSteps);
    this.progress.value = seeds === undefined || seeds === null ? done : Math.max(done, seeds.steps);
  }

  private renderFigures(state: ViewState, run: ShownRun): void {
    const entries = figures(state, run);
    // Their number changes seldom, the numbers in them with every frame.
    fitChildren(this.figures, entries.length, () => element('div', {}, element('dt'), element('dd')));
    for (const [index, [name, value, detail]] of entries.entries()) {
      const figure = this.figures.children[index];
      const [term, description] = figure?.children ?? [];
      if (figure === undefined || term === undefined || description === undefined) continue;
      setAttribute(figure, 'title', detail);
      setText(term, name);
      setText(description, value);
    }
  }
}

/** The numbers under the verdict: name, value, and what it is in full. */
export function figures(state: ViewState, run: ShownRun): [name: string, value: string, detail?: string][] {
  const { header, recording } = run;
  const { steps, loss } = recording.rows;
  const { result } = header;
  const row = chosenRow(state, run);
  const done = (steps.at(-1) ?? -1) + 1;
  const entries: [string, string, string?][] = [
    [
      'loss',
      `${formatNumber(loss[0] ?? NaN)} → ${formatNumber(loss.at(-1) ?? NaN)}`,
      'of the first and the last mini-batch',
    ],
  ];
  if (state.step !== undefined && row >= 0)
    entries.push([`loss at step ${formatCount(steps[row] ?? 0)}`, formatNumber(loss[row] ?? NaN)]);
  const { after } = result ?? {};
  // What is undefined or not finite comes out of the channel as null.
  if (typeof after?.accuracy === 'number')
    entries.push(['accuracy', formatShare(after.accuracy), 'on the training set, after training']);
  if (typeof after?.test?.accuracy === 'number')
    entries.push(['held out', formatShare(after.test.accuracy), 'accuracy on held-out samples']);
  entries.push([
    'steps',
    done < header.plannedSteps
      ? `${formatCount(done)} of ${formatCount(header.plannedSteps)}`
      : formatCount(done),
  ]);
  const { seeds } = header;
  if (seeds !== undefined && seeds !== null) {
    const count = formatCount(seeds.planned);
    entries.push([
      'seeds',
      seeds.ended < seeds.planned ? `${formatCount(seeds.ended)} of ${count}` : count,
      'trained with other weights and batches; charts and table show one of them',
    ]);
    entries.push(['shown', `seed ${seeds.shown}`, 'the seed that the verdict speaks of']);
  }
  if (result !== undefined && result !== null) {
    entries.push(['time', `${formatNumber(result.seconds)} s`]);
    entries.push(['parameters', formatCount(result.parameters)]);
  }
  return entries;
}
