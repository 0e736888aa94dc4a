import { describe, expect, it } from 'vitest';
import { shortenedNames, shortName, shownNames, shownRows } from '../../../webview/charts/layerAxis.ts';
import { stepAxis } from '../../../webview/charts/stepAxis.ts';
import { runOf } from '../run.ts';

const hidden = [...Array.from({ length: 8 }, (_, index) => `hidden[${index + 1}]`), 'output'];
const labels = (names: readonly string[], width: number): string[] =>
  shownNames(names, width).map(({ label }) => label);

describe('names below the axis', () => {
  it('stand in full where there is room', () => {
    expect(labels(hidden, 1000)).toEqual(hidden);
  });

  it('leave out what they share with the one before where room is short', () => {
    expect(labels(hidden, 450)).toEqual([
      'hidden[1]',
      '[2]',
      '[3]',
      '[4]',
      '[5]',
      '[6]',
      '[7]',
      '[8]',
      'output',
    ]);
  });

  it('are thinned where there is none, the first and the last stay', () => {
    const few = labels(hidden, 150);
    expect(few[0]).toBe('hidden[1]');
    expect(few.at(-1)).toBe('output');
    expect(few.length).toBeLessThan(hidden.length);
  });

  it('leave no gap in front of the last', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `hidden[${index + 1}]`);
    expect(labels(names, 500)).toEqual([
      'hidden[1]',
      'hidden[201]',
      'hidden[401]',
      'hidden[601]',
      'hidden[801]',
      'hidden[1000]',
    ]);
  });

  it.each([
    [
      ['block[1].dense', 'block[2].dense'],
      ['block[1].dense', '[2]'],
    ],
    [
      ['block[1].dense', 'block[1].norm'],
      ['block[1].dense', '.norm'],
    ],
    [
      ['block[1].norm', 'block[2].dense'],
      ['block[1].norm', '[2].dense'],
    ],
    [
      ['one', 'two'],
      ['one', 'two'],
    ],
    [
      ['same', 'same'],
      ['same', 'same'],
    ],
  ])('%j become %j', (names, expected) => {
    expect(shortenedNames(names, [0, 1]).map(({ label }) => label)).toEqual(expected);
  });

  it('of any length fit', () => {
    expect(shortName('a very long name of a layer', 10)).toBe('a ver…ayer');
    expect(shortName('short', 10)).toBe('short');
    expect(shortName('block[12].dense', 11)).toBe('…[12].dense');
  });

  it('beside a map are as many as lines fit', () => {
    expect(shownRows(3, 400)).toEqual([0, 1, 2]);
    expect(shownRows(1000, 56)).toEqual([0, 500, 999]);
  });
});

describe('the axis of steps', () => {
  const rows = [[1], [2], [3]];

  it('spans what was recorded', () => {
    expect(stepAxis([runOf(rows, {}, [0, 50, 100])], 400)).toMatchObject({ from: 0, to: 100 });
  });

  it('reaches to where a run will end while it trains', () => {
    const running = runOf(rows, { state: 'running', plannedSteps: 500 });
    expect(stepAxis([running], 400)).toMatchObject({ from: 0, to: 499 });
  });

  it('spans all runs that are laid over each other', () => {
    expect(stepAxis([runOf(rows, {}, [5, 6, 7]), runOf(rows, {}, [2, 3, 4])], 400)).toMatchObject({
      from: 2,
      to: 7,
    });
  });

  it('has a width even for a single step', () => {
    expect(stepAxis([runOf([[1]])], 400)).toMatchObject({ from: 0, to: 1 });
  });

  it('has whole steps as ticks', () => {
    const ticks = stepAxis([runOf(rows)], 400).ticks.map(({ at }) => at);
    expect(ticks).toEqual([0, 1, 2]);
  });
});
