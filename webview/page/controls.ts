/** The bar that stays in sight: step, metric, threshold, runs. */
import { metrics, type MetricId } from '../../src/analysis/metrics.ts';
import { formatCount } from '../../src/analysis/numbers.ts';
import {
  chosenRow,
  hasRows,
  runLabel,
  selectedRun,
  shownMetric,
  shownThreshold,
} from '../state/selectors.ts';
import type { ShownRun, ViewState } from '../state/state.ts';
import { element, setAttribute, setText } from './dom.ts';
import type { Intents } from './intents.ts';
import { CompareMenu } from './compareMenu.ts';
import { judge } from './tone.ts';
import { ThresholdField } from './thresholdField.ts';

export class Controls {
  readonly root: HTMLElement;
  private readonly slider = element('input', {
    'type': 'range',
    'min': '0',
    'step': '1',
    'aria-label': 'step',
    'data-testid': 'step-slider',
  });
  private readonly stepText = element('span', { 'class': 'step', 'data-testid': 'step' });
  private readonly newest: HTMLButtonElement;
  private readonly metric = element('select', { 'id': 'metric', 'data-testid': 'metric' });
  private readonly runs = element('select', { 'id': 'runs', 'data-testid': 'runs' });
  private readonly threshold: ThresholdField;
  private readonly compare: CompareMenu;
  /** What is of use only where there is something to draw. */
  private readonly ofRows: readonly HTMLElement[];
  private shownRuns = '';

  constructor(intents: Intents, store: { readonly state: ViewState }) {
    this.threshold = new ThresholdField(intents);
    this.compare = new CompareMenu(intents);
    this.newest = element(
      'button',
      { 'type': 'button', 'class': 'secondary small', 'data-testid': 'newest' },
      'Last',
    );
    this.newest.title = 'Follow the last step';
    this.newest.addEventListener('click', () => intents.chooseStep(undefined));
    this.slider.addEventListener('input', () => {
      const run = selectedRun(store.state);
      intents.chooseStep(run?.recording.rows.steps[Number(this.slider.value)]);
    });
    for (const { id, name } of metrics) this.metric.append(element('option', { value: id }, name));
    this.metric.addEventListener('change', () => intents.chooseMetric(this.metric.value as MetricId));
    this.runs.addEventListener('change', () => intents.chooseRun(this.runs.value));
    const scrubber = element(
      'div',
      { class: 'scrubber' },
      element('span', { 'class': 'label', 'aria-hidden': 'true' }, 'step'),
      this.slider,
      this.stepText,
      this.newest,
    );
    const metricField = element(
      'span',
      { class: 'field' },
      element('label', { for: 'metric' }, 'metric'),
      this.metric,
    );
    const runField = element('span', { class: 'field' }, element('label', { for: 'runs' }, 'run'), this.runs);
    this.ofRows = [scrubber, metricField, this.threshold.root];
    const choices = element(
      'div',
      { class: 'choices' },
      metricField,
      this.threshold.root,
      runField,
      this.compare.root,
    );
    this.root = element(
      'div',
      { 'class': 'controls', 'role': 'group', 'aria-label': 'What is shown' },
      choices,
      scrubber,
    );
  }

  render(state: ViewState): void {
    const run = selectedRun(state);
    this.root.hidden = run === undefined;
    if (run === undefined) return;
    this.renderStep(state, run);
    const metric = shownMetric(state).id;
    if (this.metric.value !== metric) this.metric.value = metric;
    this.threshold.render(shownThreshold(state));
    for (const part of this.ofRows) part.hidden = !hasRows(run);
    this.renderRuns(state);
    this.compare.render(state);
  }

  private renderStep(state: ViewState, run: ShownRun): void {
    const { steps } = run.recording.rows;
    const row = chosenRow(state, run);
    const step = steps[row];
    setAttribute(this.slider, 'max', String(Math.max(0, steps.length - 1)));
    this.slider.disabled = steps.length < 2;
    if (Number(this.slider.value) !== row) this.slider.value = String(Math.max(0, row));
    const last = steps.at(-1) ?? 0;
    const text = step === undefined ? 'none' : `${formatCount(step)} of ${formatCount(last)}`;
    setAttribute(this.slider, 'aria-valuetext', `step ${text}`);
    setText(this.stepText, text);
    setAttribute(this.newest, 'aria-pressed', String(state.step === undefined));
  }

  private renderRuns(state: ViewState): void {
    const newestFirst = state.runs.toReversed();
    const labels = newestFirst.map(
      ({ header }) => [header.id, `${runLabel(header)} · ${judge(header).title}`] as const,
    );
    const key = JSON.stringify(labels);
    if (key !== this.shownRuns) {
      this.shownRuns = key;
      this.runs.replaceChildren(...labels.map(([id, label]) => element('option', { value: id }, label)));
    }
    if (state.selectedRun !== undefined) this.runs.value = state.selectedRun;
  }
}
