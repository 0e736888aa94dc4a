/** What follows from the state. */
import { metricOf, type Metric, type MetricId } from '../../src/analysis/metrics.ts';
import type { Thresholds } from '../../src/analysis/verdict.ts';
import type { RunHeader } from '../../src/protocol/view.ts';
import type { ShownRun, ViewState } from './state.ts';

/** The run that is shown. */
export function selectedRun(state: ViewState): ShownRun | undefined {
  return state.runs.find(({ header }) => header.id === state.selectedRun);
}

/** The runs that are drawn: the selected one, then those laid over it. */
export function drawnRuns(state: ViewState): ShownRun[] {
  const find = (id: string | undefined): ShownRun[] => state.runs.filter(({ header }) => header.id === id);
  return [state.selectedRun, ...state.comparedRuns].flatMap(find);
}

/** The quantity that is drawn. */
export function shownMetric(state: ViewState): Metric {
  return metricOf(state.metric ?? selectedRun(state)?.header.thresholds.metric ?? 'norm');
}

/** The threshold of the quantity that is drawn; undefined where it speaks of another one. */
export function shownThreshold(state: ViewState): number | undefined {
  const thresholds = selectedRun(state)?.header.thresholds;
  if (thresholds === undefined || !isThresholdMetric(shownMetric(state).id)) return undefined;
  return state.draftThreshold ?? thresholds.threshold;
}

/** The metrics that a threshold may speak of. */
export function isThresholdMetric(metric: MetricId): metric is Thresholds['metric'] {
  return metric === 'norm' || metric === 'rms' || metric === 'relative';
}

/** The layer that is lit: the one under the pointer, or else the one that was chosen. */
export function litLayer(state: ViewState): string | undefined {
  return state.hoveredLayer ?? state.pointedLayer;
}

/** The row of a run that is nearest to the chosen step; −1 without rows. */
export function chosenRow(state: ViewState, run: ShownRun): number {
  const { steps } = run.recording.rows;
  return state.step === undefined ? steps.length - 1 : nearestRow(steps, state.step);
}

/** The row whose step is nearest to `step`, in ascending `steps`; −1 without rows. */
export function nearestRow(steps: ArrayLike<number>, step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && step - (steps[low - 1] ?? 0) < (steps[low] ?? 0) - step) return low - 1;
  return high < 0 ? -1 : low;
}

/** Whether there is anything to draw. */
export function hasRows(run: ShownRun): boolean {
  return run.recording.rows.steps.length > 0 && run.header.layers.length > 0;
}

/** How a run is told from the others: its network and when it began. */
export function runLabel(header: RunHeader): string {
  const time = new Date(header.startedAt);
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${header.network}, ${clock}`;
}
