/** Expected values are counted by hand or by plain loops over the same numbers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listExtremes } from '../../src/engine/extremes.ts';
import { Recorder } from '../../src/engine/recorder.ts';
import { histogramBins, recordedQuantities, type RecordedRows } from '../../src/engine/recording.ts';

const layer = { name: 'a', kind: 'dense', parameters: 2 };
const width = recordedQuantities.length;

/** Rows whose norm is given; every other quantity is the step. */
function rowsOf(firstStep: number, norms: readonly number[], layers = 1): RecordedRows {
  const values = new Float64Array(norms.length * width * layers);
  norms.forEach((norm, row) => {
    values.fill(firstStep + row, row * width * layers, (row + 1) * width * layers);
    values[row * width * layers] = norm;
  });
  return {
    steps: Float64Array.from(norms, (_, row) => firstStep + row),
    loss: Float64Array.from(norms, (_, row) => 100 - firstStep - row),
    values,
    timeErrors: new Float64Array(0),
  };
}

describe('a recorder', () => {
  test('keeps every row while there is room', () => {
    const recorder = new Recorder([layer]);
    recorder.add(rowsOf(0, [3, 1]), []);
    recorder.add(rowsOf(2, [2]), []);
    expect([...recorder.rows.steps]).toEqual([0, 1, 2]);
    expect([...recorder.rows.loss]).toEqual([100, 99, 98]);
    expect(recorder.rows.values[2 * width]).toBe(2);
    expect(recorder.extremes(0, 'norm')).toEqual({ first: 3, last: 2, min: 1, max: 3 });
    expect(recorder.extremes(0, 'speed')).toEqual({ first: 0, last: 2, min: 0, max: 2 });
  });

  test('leaves numbers that are not finite out of the extremes', () => {
    const recorder = new Recorder([layer]);
    recorder.add(rowsOf(0, [Number.NaN, 5, Infinity]), []);
    expect(recorder.extremes(0, 'norm')).toEqual({ first: Number.NaN, last: Infinity, min: 5, max: 5 });
    const empty = new Recorder([layer]).extremes(0, 'norm');
    expect(empty).toEqual({ first: Number.NaN, last: Number.NaN, min: Number.NaN, max: Number.NaN });
  });

  test('stays bounded over many steps, evenly spaced, with first and last step and exact extremes', () => {
    const layers = Array.from({ length: 40 }, (_, index) => ({ ...layer, name: `l${index}` }));
    const recorder = new Recorder(layers);
    const steps = 20_001;
    for (let step = 0; step < steps; step++) {
      recorder.add(rowsOf(step, [step === 12_345 ? 1e9 : 1], layers.length), []);
    }
    const { rows } = recorder;
    expect(rows.values.length).toBeLessThanOrEqual(2 ** 22);
    expect(rows.steps.length).toBeGreaterThan(2 ** 22 / (40 * width + 2) / 2);
    expect(rows.steps[0]).toBe(0);
    expect(rows.steps.at(-1)).toBe(steps - 1);
    const gaps = new Set(rows.steps.slice(1, -1).map((step, index) => step - rows.steps[index]));
    expect([...gaps]).toEqual([4]);
    expect(recorder.extremes(0, 'norm').max).toBe(1e9);
  });

  test('follows the relative gradient, whose smallest is none of a smallest norm or a largest parameter norm', () => {
    const recorder = new Recorder([layer]);
    const rows = rowsOf(1, [8, 2, 6]);
    // Parameter norms 1, 2, 3 as rowsOf has them: 8/1, 2/2, 6/3.
    recorder.add(rows, []);
    expect(recorder.extremes(0, 'relative')).toEqual({ first: 8, last: 2, min: 1, max: 8 });
  });

  test('takes over the extremes of one that saw more', () => {
    const seen = new Recorder([layer]);
    seen.add(rowsOf(0, [3, 1e-9, Number.NaN, 7, 2]), []);
    const thinned = new Recorder([layer]);
    thinned.add(rowsOf(0, [3]), []);
    thinned.add(rowsOf(4, [2]), []);
    thinned.adoptExtremes(listExtremes(seen));
    expect(thinned.extremes(0, 'norm')).toEqual({ first: 3, last: 2, min: 1e-9, max: 7 });
    expect(thinned.rows.steps).toHaveLength(2);
    thinned.add(rowsOf(5, [9]), []);
    expect(thinned.extremes(0, 'norm')).toEqual({ first: 3, last: 9, min: 1e-9, max: 9 });
    thinned.adoptExtremes(new Float64Array(3));
    expect(thinned.extremes(0, 'norm').max).toBe(9);
  });

  test('keeps at most 128 histograms, the first among them', () => {
    const recorder = new Recorder([layer]);
    const counts = new Uint32Array(histogramBins);
    for (let step = 0; step < 1000; step++) recorder.add(rowsOf(step, [1]), [{ step, counts }]);
    expect(recorder.histograms.length).toBeLessThanOrEqual(128);
    expect(recorder.histograms.length).toBeGreaterThan(60);
    expect(recorder.histograms[0].step).toBe(0);
  });

  test('gives the same recording however the rows are cut into chunks', () => {
    const norms = Array.from({ length: 700 }, (_, step) => Math.sin(step));
    const whole = new Recorder([layer]);
    whole.add(rowsOf(0, norms), []);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 20 }), (lengths) => {
        const cut = new Recorder([layer]);
        let start = 0;
        for (const length of [...lengths, norms.length]) {
          cut.add(rowsOf(start, norms.slice(start, start + length)), []);
          start = Math.min(norms.length, start + length);
        }
        expect(cut.rows).toEqual(whole.rows);
      }),
      { seed: 1, numRuns: 20 },
    );
  });
});
