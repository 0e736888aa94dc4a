import { describe, expect, it } from 'vitest';
import { metricOf } from '../../../src/analysis/metrics.ts';
import type { Sorting } from '../../../webview/state/state.ts';
import { columnsOf } from '../../../webview/table/columns.ts';
import { toCsv } from '../../../webview/table/csv.ts';
import { markOf, sortLayers } from '../../../webview/table/rows.ts';
import { layersOf, runOf } from '../run.ts';

const run = runOf([
  [3, 1, 2],
  [5, 4, Number.NaN],
]);
const columns = columnsOf(run, 0, metricOf('norm'));

describe('the columns', () => {
  const read = (id: string, layer: number): unknown =>
    columns.find((column) => column.id === id)?.read(layer);

  it('have the metric at the chosen step, the first, the last, the smallest and the largest over all', () => {
    const ids = ['now', 'first', 'last', 'min', 'max'];
    expect(ids.map((id) => read(id, 0))).toEqual([3, 3, 5, 3, 5]);
    expect(ids.map((id) => read(id, 2))).toEqual([2, 2, Number.NaN, 2, 2]);
  });

  it('have what the run has besides, and nothing that it has not', () => {
    const ids = columns.map(({ id }) => id);
    expect(ids).toEqual([
      'name',
      'now',
      'first',
      'last',
      'min',
      'max',
      'rms',
      'relative',
      'kind',
      'parameters',
    ]);
    expect(read('relative', 0)).toBe(0.5);
  });

  it('say of a layer without the shown metric that it has none', () => {
    const saturation = columnsOf(run, 0, metricOf('saturation'));
    expect(saturation.find(({ id }) => id === 'now')?.read(0)).toBeUndefined();
  });

  it('have the predicted median where there is one', () => {
    const prediction = [{ name: 'b', norm: 7, p10: 6, p90: 8, error: 1, decay: undefined, wide: false }];
    const predicted = columnsOf(runOf([[1, 2]], { prediction }), 0, metricOf('norm')).find(
      ({ id }) => id === 'predicted',
    );
    expect([predicted?.read(0), predicted?.read(1)]).toEqual([undefined, 7]);
  });
});

describe('the order', () => {
  const order = (sorting: Sorting | undefined): number[] => sortLayers(3, columns, sorting);

  it('is from input to output', () => {
    expect(order(undefined)).toEqual([0, 1, 2]);
  });

  it('follows a column either way', () => {
    expect(order({ column: 'now', descending: false })).toEqual([1, 2, 0]);
    expect(order({ column: 'now', descending: true })).toEqual([0, 2, 1]);
  });

  it('has what is no number last, either way', () => {
    expect(order({ column: 'last', descending: false })).toEqual([1, 0, 2]);
    expect(order({ column: 'last', descending: true })).toEqual([0, 1, 2]);
  });

  it('counts in names', () => {
    const layers = ['h[10]', 'h[9]'].map((name) => ({
      ...layersOf(1)[0],
      name,
      kind: 'dense',
      parameters: 1,
    }));
    const named = columnsOf(runOf([[1, 1]], { layers }), 0, metricOf('norm'));
    expect(sortLayers(2, named, { column: 'name', descending: false })).toEqual([1, 0]);
  });
});

it.each([
  [1e-5, 'below'],
  [1e-4, undefined],
  [2000, 'above'],
  [0, 'below'],
  [Number.NaN, undefined],
] as const)('%d is marked %s', (value, mark) => {
  expect(markOf(value, 1e-4, 1e3)).toBe(mark);
});

describe('the table as CSV', () => {
  it('has full digits and every layer', () => {
    const one = columnsOf(runOf([[1 / 3]]), 0, metricOf('norm'));
    expect(toCsv(one, [0], 12).split('\r\n').slice(0, 2)).toEqual([
      'step,layer,value,first,last,smallest,largest,rms gradient,relative gradient,kind,parameters',
      '12,a,0.3333333333333333,0.3333333333333333,0.3333333333333333,0.3333333333333333,0.3333333333333333,0.16666666666666666,0.5,dense,4',
    ]);
  });

  it('quotes names as RFC 4180 asks', () => {
    const layers = [{ name: 'a "b", c', kind: 'dense', parameters: 1 }];
    const text = toCsv(columnsOf(runOf([[1]], { layers }), 0, metricOf('norm')), [0], 0);
    expect(text.split('\r\n')[1]).toContain('"a ""b"", c"');
  });
});
