import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedRows } from '../../src/engine/recording.ts';
import { joinRows, packRows, thinRows, unpackRows } from '../../src/protocol/rows.ts';

/** Rows of two values and one time step, each telling its own step. */
function rowsOf(from: number, to: number): RecordedRows {
  const steps = Float64Array.from({ length: to - from }, (_, row) => from + row);
  return {
    steps,
    loss: steps.map((step) => -step),
    values: Float64Array.from([...steps].flatMap((step) => [step, 10 * step])),
    timeErrors: steps.map((step) => step / 2),
  };
}

describe('recorded rows on their way', () => {
  it('are joined in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }), (lengths) => {
        let step = 0;
        const chunks = lengths.map((length) => rowsOf(step, (step += length)));
        expect(joinRows(chunks)).toEqual(rowsOf(0, step));
      }),
    );
  });

  it('survive being packed, and leave the sender what it has', () => {
    const rows = rowsOf(0, 5);
    const part = { ...rows, steps: rows.steps.subarray(1, 3) };
    const packet = packRows(part);
    expect(packet.steps.byteLength).toBe(2 * 8);
    expect(unpackRows(packet)).toEqual(part);
    structuredClone(packet, { transfer: [packet.values] });
    expect(rows.values).toHaveLength(10);
  });

  it('are thinned evenly, with the first and the last', () => {
    // Five numbers a row: 25 numbers are five rows.
    const thin = thinRows(rowsOf(0, 101), 25);
    expect([...thin.steps]).toEqual([0, 25, 50, 75, 100]);
    expect([...thin.values]).toEqual([0, 0, 25, 250, 50, 500, 75, 750, 100, 1000]);
    expect([...thin.timeErrors]).toEqual([0, 12.5, 25, 37.5, 50]);
  });

  it.each([0, 1, 2, 5])('are left alone where there are but %i', (count) => {
    expect(thinRows(rowsOf(0, count), 25)).toEqual(rowsOf(0, count));
  });
});
