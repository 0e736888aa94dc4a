import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../webview/state/actions.ts';
import { reduce } from '../../../webview/state/reduce.ts';
import { choicesOf, readChoices } from '../../../webview/state/remember.ts';
import {
  chosenRow,
  drawnRuns,
  litLayer,
  nearestRow,
  selectedRun,
  shownMetric,
  shownThreshold,
} from '../../../webview/state/selectors.ts';
import type { ViewState } from '../../../webview/state/state.ts';
import { runOf, stateOf } from '../run.ts';

const rows = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const run = runOf(rows, { id: 'one' }, [0, 10, 20]);
const other = runOf(rows, { id: 'two' });
const begin = { ...stateOf(other, run), selectedRun: 'one' };

const after = (state: ViewState, ...actions: readonly Action[]): ViewState => actions.reduce(reduce, state);

describe('the chosen step', () => {
  const rowAfter = (...actions: readonly Action[]): number => chosenRow(after(begin, ...actions), run);

  it('is the newest until one is chosen', () => {
    expect(rowAfter()).toBe(2);
  });

  it('moves by recorded steps and stays inside of the run', () => {
    expect(rowAfter({ type: 'step-by', rows: -1 })).toBe(1);
    expect(rowAfter({ type: 'step-by', rows: -Infinity })).toBe(0);
    expect(rowAfter({ type: 'step-by', rows: -1 }, { type: 'step-by', rows: 7 })).toBe(2);
  });

  it('is the nearest recorded one', () => {
    expect(rowAfter({ type: 'choose-step', step: 14 })).toBe(1);
    expect(rowAfter({ type: 'choose-step', step: 16 })).toBe(2);
  });

  it('follows the newest again', () => {
    expect(rowAfter({ type: 'choose-step', step: 0 }, { type: 'choose-step', step: undefined })).toBe(2);
  });

  it('finds the nearest row of any ascending steps', () => {
    const ascending = fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(ascending, fc.integer({ min: -10, max: 1_000_010 }), (steps, step) => {
        const sorted = steps.toSorted((a, b) => a - b);
        const distances = sorted.map((each) => Math.abs(each - step));
        expect(distances[nearestRow(sorted, step)]).toBe(Math.min(...distances));
      }),
    );
    expect(nearestRow([], 3)).toBe(-1);
  });
});

describe('the lit layer', () => {
  const litAfter = (...actions: readonly Action[]): string | undefined => litLayer(after(begin, ...actions));

  it('begins at the input going down and at the output going up', () => {
    expect(litAfter({ type: 'layer-by', layers: 1 })).toBe('a');
    expect(litAfter({ type: 'layer-by', layers: -1 })).toBe('c');
  });

  it('stays inside of the network', () => {
    expect(litAfter({ type: 'point-layer', layer: 'c' }, { type: 'layer-by', layers: 5 })).toBe('c');
    expect(litAfter({ type: 'point-layer', layer: 'b' }, { type: 'layer-by', layers: -9 })).toBe('a');
  });

  it('is the one under the pointer, and the chosen one again when the pointer is gone', () => {
    const chosen: Action = { type: 'point-layer', layer: 'b' };
    expect(litAfter(chosen, { type: 'hover-layer', layer: 'a' })).toBe('a');
    expect(
      litAfter(chosen, { type: 'hover-layer', layer: 'a' }, { type: 'hover-layer', layer: undefined }),
    ).toBe('b');
  });
});

describe('metric and threshold', () => {
  it('are those of the run', () => {
    expect(shownMetric(begin).id).toBe('norm');
    expect(shownThreshold(begin)).toBe(1e-4);
  });

  it('a metric that the threshold may speak of becomes that of the run', () => {
    const state = after(begin, { type: 'choose-metric', metric: 'rms' });
    expect(selectedRun(state)?.header.thresholds.metric).toBe('rms');
    expect(shownThreshold(state)).toBe(1e-4);
  });

  it('a metric of another kind is shown without a threshold, and leaves that of the run alone', () => {
    const state = after(begin, { type: 'choose-metric', metric: 'saturation' });
    expect(shownMetric(state).id).toBe('saturation');
    expect(shownThreshold(state)).toBeUndefined();
    expect(selectedRun(state)?.header.thresholds.metric).toBe('norm');
  });

  it('a dragged threshold holds only once it is let go', () => {
    const dragged = after(begin, { type: 'draft-threshold', threshold: 1e-3 });
    expect(shownThreshold(dragged)).toBe(1e-3);
    expect(selectedRun(dragged)?.header.thresholds.threshold).toBe(1e-4);
    expect(shownThreshold(after(dragged, { type: 'draft-threshold', threshold: undefined }))).toBe(1e-4);
    const set = after(dragged, { type: 'set-threshold', threshold: 2e-3 });
    expect(selectedRun(set)?.header.thresholds.threshold).toBe(2e-3);
    expect(set.draftThreshold).toBeUndefined();
  });
});

describe('runs', () => {
  it('are laid over the selected one, which comes first', () => {
    const state = after(begin, { type: 'toggle-compared', run: 'two' });
    expect(drawnRuns(state).map(({ header }) => header.id)).toEqual(['one', 'two']);
    expect(drawnRuns(after(state, { type: 'toggle-compared', run: 'two' }))).toHaveLength(1);
  });

  it('are not laid over themselves', () => {
    const state = after(begin, { type: 'toggle-compared', run: 'two' }, { type: 'choose-run', run: 'two' });
    expect(drawnRuns(state).map(({ header }) => header.id)).toEqual(['two']);
  });
});

describe('sections and sorting', () => {
  it('a section folds and opens', () => {
    const folded = after(begin, { type: 'toggle-section', section: 'map' });
    expect(folded.folded).toEqual(['map']);
    expect(after(folded, { type: 'open-section', section: 'map' }).folded).toEqual([]);
    expect(after(begin, { type: 'open-section', section: 'map' })).toBe(begin);
  });

  it('a column sorts upward, then downward, then not', () => {
    const press: Action = { type: 'sort', column: 'now' };
    expect(after(begin, press).sorting).toEqual({ column: 'now', descending: false });
    expect(after(begin, press, press).sorting).toEqual({ column: 'now', descending: true });
    expect(after(begin, press, press, press).sorting).toBeUndefined();
  });
});

describe('what is remembered', () => {
  it('comes back as it was, through JSON', () => {
    const state: ViewState = {
      ...begin,
      metric: 'speed',
      step: 10,
      pointedLayer: 'b',
      folded: ['map'],
      comparedRuns: ['two'],
    };
    const kept: unknown = JSON.parse(JSON.stringify(choicesOf(state)));
    expect(after(begin, { type: 'remembered', remembered: readChoices(kept) ?? choicesOf(begin) })).toEqual(
      state,
    );
  });

  it('is read with patience, whatever another version left', () => {
    expect(readChoices(undefined)).toBeUndefined();
    expect(
      readChoices({ metric: 'unknown', folded: ['map', 'unknown', 7], step: '3', comparedRuns: 'two' }),
    ).toMatchObject({
      metric: undefined,
      folded: ['map'],
      step: undefined,
      comparedRuns: [],
    });
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        expect(() => readChoices(kept)).not.toThrow();
      }),
    );
  });
});
