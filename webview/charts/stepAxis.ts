/** The axis of steps, shared by all charts that show the run as it went on. */
import { formatCount } from '../../src/analysis/numbers.ts';
import type { ShownRun } from '../state/state.ts';
import type { PlotAxis } from './plot.ts';
import { linearTicks } from './valueAxis.ts';

/** Pixels beside the lines for the names of layers, and the width of a plot from which there is room for them. */
export const labelMargin = 90;
export const widthForLabels = 420;

/** The axis over all steps of these runs. While one trains, it reaches to where that one will end, so that lines grow into it. */
export function stepAxis(runs: readonly ShownRun[], width: number, title?: string): PlotAxis {
  let from = Infinity;
  let to = -Infinity;
  for (const { header, recording } of runs) {
    const { steps } = recording.rows;
    from = Math.min(from, steps[0] ?? 0);
    to = Math.max(to, steps.at(-1) ?? 0, header.state === 'running' ? header.plannedSteps - 1 : 0);
  }
  if (!(to > from)) [from, to] = [Number.isFinite(from) ? from : 0, (Number.isFinite(from) ? from : 0) + 1];
  const ticks = linearTicks(from, to, Math.max(3, Math.min(8, Math.floor(width / 80))))
    .filter(({ at }) => Number.isInteger(at))
    .map(({ at }) => ({ at, label: formatCount(at) }));
  return { from, to, ticks, grid: false, ...(title === undefined ? {} : { title }) };
}
