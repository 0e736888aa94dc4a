/** The state after an action. */
import type { MetricId } from '../../src/analysis/metrics.ts';
import type { Thresholds } from '../../src/analysis/verdict.ts';
import type { Action } from './actions.ts';
import { applyMessage } from './fromHost.ts';
import { chosenRow, isThresholdMetric, litLayer, selectedRun } from './selectors.ts';
import type { ColumnId, Sorting, ViewState } from './state.ts';

export function reduce(state: ViewState, action: Action): ViewState {
  switch (action.type) {
    case 'host':
      return applyMessage(state, action.message);
    case 'remembered':
      return { ...state, ...action.remembered };
    case 'choose-run':
      if (action.run === state.selectedRun) return state;
      return {
        ...state,
        selectedRun: action.run,
        comparedRuns: state.comparedRuns.filter((run) => run !== action.run),
        step: undefined,
      };
    case 'toggle-compared':
      return { ...state, comparedRuns: toggled(state.comparedRuns, action.run) };
    case 'choose-metric':
      return chooseMetric(state, action.metric);
    case 'draft-threshold':
      return { ...state, draftThreshold: action.threshold };
    case 'set-threshold':
      return withThresholds({ ...state, draftThreshold: undefined }, { threshold: action.threshold });
    case 'choose-step':
      return action.step === state.step ? state : { ...state, step: action.step };
    case 'step-by':
      return stepBy(state, action.rows);
    case 'hover-layer':
      return action.layer === state.hoveredLayer ? state : { ...state, hoveredLayer: action.layer };
    case 'point-layer':
      if (action.layer === state.pointedLayer && state.hoveredLayer === undefined) return state;
      return { ...state, pointedLayer: action.layer, hoveredLayer: undefined };
    case 'layer-by':
      return layerBy(state, action.layers);
    case 'toggle-section':
      return { ...state, folded: toggled(state.folded, action.section) };
    case 'open-section':
      if (!state.folded.includes(action.section)) return state;
      return { ...state, folded: toggled(state.folded, action.section) };
    case 'sort':
      return { ...state, sorting: nextSorting(state.sorting, action.column) };
    default:
      throw new Error(`Unknown action: ${JSON.stringify(action satisfies never)}`);
  }
}

/** A metric that the threshold may speak of becomes the one that it speaks of. */
function chooseMetric(state: ViewState, metric: MetricId): ViewState {
  if (!isThresholdMetric(metric)) return { ...state, metric };
  return withThresholds({ ...state, metric: undefined }, { metric });
}

/** The thresholds of the selected run, before the host confirms them. */
function withThresholds(state: ViewState, change: Partial<Thresholds>): ViewState {
  const runs = state.runs.map((run) => {
    if (run.header.id !== state.selectedRun) return run;
    return { ...run, header: { ...run.header, thresholds: { ...run.header.thresholds, ...change } } };
  });
  return { ...state, runs };
}

function stepBy(state: ViewState, rows: number): ViewState {
  const run = selectedRun(state);
  const count = run?.recording.rows.steps.length ?? 0;
  if (run === undefined || count === 0) return state;
  const row = Math.min(count - 1, Math.max(0, chosenRow(state, run) + rows));
  return { ...state, step: run.recording.rows.steps[row] };
}

function layerBy(state: ViewState, layers: number): ViewState {
  const known = selectedRun(state)?.header.layers ?? [];
  if (known.length === 0) return state;
  const index = known.findIndex(({ name }) => name === litLayer(state));
  // From nowhere, down begins at the input and up at the output.
  const begin = index >= 0 ? index : layers > 0 ? -1 : known.length;
  const next = Math.min(known.length - 1, Math.max(0, begin + layers));
  return { ...state, pointedLayer: known[next]?.name, hoveredLayer: undefined };
}

function nextSorting(sorting: Sorting | undefined, column: ColumnId): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? undefined : { column, descending: true };
}

function toggled<Item>(items: readonly Item[], item: Item): readonly Item[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}
