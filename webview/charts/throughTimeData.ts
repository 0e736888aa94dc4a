/** The error at each time step of the recurrent layers: vanishing through time is seen there. */
import type { ShownRun } from '../state/state.ts';
import { formatFactor, formatNumber } from '../../src/analysis/numbers.ts';

export interface TimeLine {
  readonly layer: number;
  /** From the first time step to the last. */
  readonly values: Float64Array;
}

/** The recurrent layers' errors in one row of a run. */
export function timeLines(run: ShownRun, row: number): TimeLine[] {
  const { layers } = run.header;
  const perRow = layers.reduce((sum, layer) => sum + (layer.timeSteps ?? 0), 0);
  let offset = row * perRow;
  return layers.flatMap(({ timeSteps = 0 }, layer) => {
    if (timeSteps === 0) return [];
    const values = run.recording.rows.timeErrors.subarray(offset, offset + timeSteps);
    offset += timeSteps;
    return [{ layer, values }];
  });
}

/** Whether a run has recurrent layers whose errors were recorded. */
export function hasTime(run: ShownRun): boolean {
  return run.recording.rows.timeErrors.length > 0;
}

/** In words: how the error at the first time step stands to that at the last. */
export function describeTime(run: ShownRun, lines: readonly TimeLine[]): string {
  return lines
    .map(({ layer, values }) => {
      const name = run.header.layers[layer]?.name ?? '';
      const first = values[0] ?? Number.NaN;
      const last = values.at(-1) ?? Number.NaN;
      const ratio = last / first;
      const compared =
        ratio > 1
          ? `, ${formatFactor(ratio)} times less than at the last`
          : ratio < 1
            ? `, ${formatFactor(1 / ratio)} times more than at the last`
            : '';
      return `${name}: error ${formatNumber(first)} at the first of ${values.length} time steps${compared}`;
    })
    .join('; ');
}
