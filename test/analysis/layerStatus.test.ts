import { describe, expect, it } from 'vitest';
import { layerStatuses } from '../../src/analysis/layerStatus.ts';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { Recorder } from '../../src/engine/recorder.ts';
import { recordedQuantities } from '../../src/engine/recording.ts';

/** The status of one layer whose norm is as given, step by step. */
function statusOf(norms: readonly number[]) {
  const recorder = new Recorder([{ name: 'first', kind: 'dense', parameters: 4 }]);
  const rows = {
    steps: Float64Array.from(norms, (_, step) => step),
    loss: Float64Array.from(norms, () => 1),
    values: Float64Array.from(
      norms.flatMap((norm) => recordedQuantities.map((quantity) => (quantity === 'norm' ? norm : 1))),
    ),
    timeErrors: new Float64Array(0),
  };
  recorder.add(rows, []);
  const [status] = layerStatuses(recorder, defaultThresholds);
  return status;
}

const repeat = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('a layer at the end of its run', () => {
  it.each([
    ['below from the first step', repeat(100, 1e-6), { state: 'below', value: 1e-6, since: 0 }],
    ['within', repeat(100, 1e-2), { state: 'within', value: 1e-2, since: 0 }],
    ['above', repeat(100, 1e4), { state: 'above', value: 1e4, since: 0 }],
    ['below from the middle on', [...repeat(50, 1), ...repeat(50, 1e-6)], { state: 'below', since: 50 }],
    // 100 steps in twenty stretches of five.
    [
      'below again',
      [...repeat(40, 1e-6), ...repeat(20, 1), ...repeat(40, 1e-6)],
      { state: 'below', since: 60 },
    ],
    ['not finite at last', [...repeat(9, 1), Number.NaN], { state: 'not finite' }],
    ['one step', [1e-6], { state: 'below', value: 1e-6, since: 0 }],
  ])('is %s', (_, norms, expected) => {
    expect(statusOf(norms)).toMatchObject(expected);
  });

  it('is judged by the median, not by a last value that happens to lie on the other side', () => {
    const noisy = Array.from({ length: 99 }, (_, step) => (step % 5 === 4 ? 1e-3 : 1e-6));
    expect(statusOf([...noisy, 1e-3])).toMatchObject({ state: 'below', value: 1e-6, since: 0 });
  });
});
