/** What the page remembers over being hidden, moved and a reload of the window. */
import { metrics } from '../../src/analysis/metrics.ts';
import type { RememberedChoices } from './actions.ts';
import { sectionIds, type ViewState } from './state.ts';

/** The part of the state that is kept. `file` is also read by the host when it brings the view back. */
export function choicesOf(state: ViewState): RememberedChoices {
  const { file, selectedRun, comparedRuns, metric, step, pointedLayer, folded } = state;
  return { file, selectedRun, comparedRuns, metric, step, pointedLayer, folded };
}

/** The choices that an earlier page, perhaps of another version, left; what is not known is left out. */
export function readChoices(kept: unknown): RememberedChoices | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const read = (name: string): unknown => Reflect.get(kept, name);
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  const step = read('step');
  const folded = texts(read('folded'));
  return {
    file: text(read('file')),
    selectedRun: text(read('selectedRun')),
    comparedRuns: texts(read('comparedRuns')),
    metric: metrics.find(({ id }) => id === read('metric'))?.id,
    step: typeof step === 'number' ? step : undefined,
    pointedLayer: text(read('pointedLayer')),
    folded: sectionIds.filter((id) => folded.includes(id)),
  };
}
