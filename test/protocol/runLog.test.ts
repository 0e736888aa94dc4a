import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantitiesPerLayer, quantityOffset } from '../../src/analysis/metrics.ts';
import type { RecordedLayer, RecordedRows } from '../../src/engine/recording.ts';
import { logHeader, logLines, readRunLog, type RunLog } from '../../src/protocol/runLog.ts';

const layers: RecordedLayer[] = [
  { name: 'hidden[1]', kind: 'dense', parameters: 48, line: 6, activation: 'sigmoid' },
  { name: 'output', kind: 'rnn', parameters: 4, timeSteps: 2 },
];

function rowsOf(values: Float64Array, timeErrors: Float64Array): RecordedRows {
  const rows = timeErrors.length / 2;
  return {
    steps: Float64Array.from({ length: rows }, (_, row) => row * 10),
    loss: Float64Array.from({ length: rows }, (_, row) => 0.5 / (row + 1)),
    values,
    timeErrors,
  };
}

function read(text: string): RunLog {
  const outcome = readRunLog(text);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.log;
}

/** Header of a log as another tool writes it, for two layers. */
const foreign =
  '{"vglog":1,"source":"train.py","network":"n","layers":[{"name":"a","kind":"Linear","parameters":4},{"name":"b","kind":"Linear","parameters":9}]}\n';

describe('what is written is read again, bit for bit', () => {
  it('for any finite numbers', () => {
    const cell = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 28, maxLength: 28 }), { minLength: 1, maxLength: 4 }),
        (cells) => {
          const values = Float64Array.from(cells.flatMap((row) => row.slice(0, 26)));
          const rows = rowsOf(values, Float64Array.from(cells.flatMap((row) => row.slice(26))));
          const log = read(logHeader('net', layers) + logLines(rows, layers));
          expect(log).toMatchObject({ network: 'net', source: 'vgnet', layers, notes: [] });
          // JSON has no negative zero.
          const plain = (array: Float64Array): number[] => Array.from(array, (value) => value + 0);
          expect(plain(log.rows.values)).toEqual(plain(values));
          expect(plain(log.rows.timeErrors)).toEqual(plain(rows.timeErrors));
          expect(log.rows.steps).toEqual(rows.steps);
          expect(log.rows.loss).toEqual(rows.loss);
        },
      ),
    );
  });

  it('with null for what is not finite, and without what no layer has', () => {
    const values = new Float64Array(2 * quantitiesPerLayer).fill(Number.NaN);
    values[quantityOffset.norm] = Infinity;
    values[quantitiesPerLayer + quantityOffset.norm] = 0.5;
    const line = logLines(rowsOf(values, new Float64Array([1, 2])), layers);
    expect(JSON.parse(line)).toEqual({
      step: 0,
      loss: 0.5,
      norm: [null, 0.5],
      rms: [null, 0.25],
      timeErrors: [1, 2],
    });
    expect(read(logHeader('net', layers) + line).rows.values[quantityOffset.norm]).toBeNaN();
  });
});

describe('what other tools write', () => {
  it('needs nothing but norms', () => {
    const { rows, notes } = read(`${foreign}{"step":0,"norm":[1,2]}\n{"step":5,"loss":0.25,"norm":[3,4]}\n`);
    expect(notes).toEqual([]);
    expect(Array.from(rows.steps)).toEqual([0, 5]);
    expect(Array.from(rows.loss)).toEqual([Number.NaN, 0.25]);
    expect(rows.values[2 * quantitiesPerLayer + quantityOffset.norm]).toBe(3);
  });

  it('gives the norm of the parameters by the relative gradient', () => {
    const { rows } = read(`${foreign}{"step":0,"norm":[1,2],"relative":[0.5,4]}\n`);
    expect(rows.values[quantityOffset.parameterNorm]).toBe(2);
  });

  it('may hold the bare NaN and Infinity of Python', () => {
    const { rows, notes } = read(`${foreign}{"step": 0, "loss": NaN, "norm": [-Infinity, 2.0]}\n`);
    expect(notes).toEqual([]);
    expect(rows.loss[0]).toBeNaN();
    expect(rows.values[quantitiesPerLayer + quantityOffset.norm]).toBe(2);
  });
});

describe('what cannot be read is passed over with a note', () => {
  it.each([
    ['a last line that was cut off', '{"step":1,"norm":[1,', 'line 3 is not whole and was passed over'],
    [
      'another number of layers',
      '{"step":1,"norm":[1,2,3]}',
      'line 3 has 3 norms for 2 layers and was passed over',
    ],
    ['no norms', '{"step":1,"loss":2}', 'line 3 is not a step with "step" and "norm" and was passed over'],
    [
      'a step that was there already',
      '{"step":0,"norm":[1,2]}',
      'line 3 is step 0 again, after step 0, and was passed over',
    ],
  ])('%s', (_, line, note) => {
    const { rows, notes } = read(`${foreign}{"step":0,"norm":[1,2]}\n${line}`);
    expect(notes).toEqual([note]);
    expect(rows.steps.length).toBe(1);
  });

  it('and a version from the future is read as far as it goes', () => {
    const { rows, notes } = read(
      `${foreign.replace('"vglog":1', '"vglog":3')}{"step":0,"norm":[1,2],"new":{}}`,
    );
    expect(notes).toEqual(['written as version 3, read as version 1: what is new in it is left out']);
    expect(rows.steps.length).toBe(1);
  });

  it.each(['', '{"step":0,"norm":[1]}', 'hello', '[]', '{"vglog":1}'])('but %j is no log', (text) => {
    expect(readRunLog(text)).toMatchObject({
      ok: false,
      message: expect.stringContaining('not a gradient log') as string,
    });
  });

  it('whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void readRunLog(text)));
    fc.assert(fc.property(fc.json(), (json) => void read(`${foreign}${json}\n`)));
  });
});
