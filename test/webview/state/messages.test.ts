import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listExtremes } from '../../../src/engine/extremes.ts';
import { Recorder } from '../../../src/engine/recorder.ts';
import { packHistograms, packRows } from '../../../src/protocol/rows.ts';
import type { ToView } from '../../../src/protocol/view.ts';
import { isMessage } from '../../../webview/page/host.ts';
import { reduce } from '../../../webview/state/reduce.ts';
import { selectedRun } from '../../../webview/state/selectors.ts';
import { initialState, type ViewState } from '../../../webview/state/state.ts';
import { headerOf, layersOf, rowsOf, runOf, snapshotOf, stateOf } from '../run.ts';

const after = (state: ViewState, ...messages: readonly ToView[]): ViewState =>
  messages.reduce((current, message) => reduce(current, { type: 'host', message }), state);

const first = runOf([[1, 2]], { id: 'first' });
const second = runOf([[3, 4]], { id: 'second', network: 'twin' });

describe('a snapshot', () => {
  it('brings the runs with their rows', () => {
    const state = stateOf(first, second);
    expect(state.connected).toBe(true);
    expect(state.runs.map(({ header }) => header.id)).toEqual(['first', 'second']);
    expect([...(selectedRun(state)?.recording.rows.steps ?? [])]).toEqual([0]);
    expect(state.selectedRun).toBe('second');
  });

  it('keeps what was looked at in the same file', () => {
    const state = { ...stateOf(first, second), selectedRun: 'first', comparedRuns: ['second'], step: 0 };
    const again = after(state, snapshotOf([first, second], { selectedRun: undefined }));
    expect(again).toMatchObject({ selectedRun: 'first', comparedRuns: ['second'], step: 0 });
  });

  it('keeps what was looked at before a reload, whatever is told ahead of it', () => {
    const remembered = { ...initialState, selectedRun: 'first', comparedRuns: ['second'], step: 0 };
    const state = after(
      remembered,
      { type: 'run', header: second.header },
      { type: 'run', header: first.header },
      snapshotOf([first, second], { selectedRun: undefined }),
    );
    expect(state).toMatchObject({ selectedRun: 'first', comparedRuns: ['second'], step: 0 });
  });

  it('begins anew with another file', () => {
    const state = { ...stateOf(first, second), comparedRuns: ['first'], step: 0, pointedLayer: 'a' };
    const other = after(state, snapshotOf([second], { file: 'file:///other.vgnet' }));
    expect(other).toMatchObject({ comparedRuns: [], step: undefined, pointedLayer: undefined });
  });

  it('forgets a selected run that is gone', () => {
    const state = after(
      { ...stateOf(first, second), selectedRun: 'first' },
      snapshotOf([second], { selectedRun: undefined }),
    );
    expect(state.selectedRun).toBe('second');
  });

  it('without runs selects none', () => {
    expect(stateOf().selectedRun).toBeUndefined();
  });
});

describe('a run', () => {
  const begun = headerOf(layersOf(2), { id: 'new', state: 'running' });

  it('that begins is shown, at its newest step', () => {
    const state = after({ ...stateOf(first), step: 0 }, { type: 'run', header: begun });
    expect(state).toMatchObject({ selectedRun: 'new', step: undefined });
  });

  it('grows by appended rows, and each time is another value', () => {
    const append: ToView = {
      type: 'append',
      run: 'new',
      rows: packRows(
        rowsOf([
          [1, 2],
          [3, 4],
        ]),
      ),
      histograms: packHistograms([]),
    };
    const state = after(stateOf(first), { type: 'run', header: begun });
    const grown = after(state, append);
    expect(selectedRun(grown)?.recording.rows.steps.length).toBe(2);
    expect(selectedRun(grown)).not.toBe(selectedRun(state));
    expect(selectedRun(grown)?.revision).toBe(1);
  });

  it('knows the smallest of rows that were left out on their way', () => {
    const whole = new Recorder(begun.layers);
    const norms = [
      [1, 2],
      [1e-9, 2],
      [1, 2e-9],
      [1, 2],
    ];
    whole.add(rowsOf(norms), []);
    const thinned = packRows(
      rowsOf(
        [
          [1, 2],
          [1, 2],
        ],
        [0, 3],
      ),
    );
    const append: ToView = {
      type: 'append',
      run: 'new',
      rows: thinned,
      histograms: packHistograms([]),
      extremes: listExtremes(whole).buffer,
    };
    const smallest = (state: ViewState): (number | undefined)[] =>
      [0, 1].map((layer) => selectedRun(state)?.recording.extremes(layer, 'norm').min);
    expect(smallest(after(stateOf(first), { type: 'run', header: begun }, append))).toEqual([1e-9, 2e-9]);
    const snapshot = snapshotOf([{ header: begun, recording: whole, revision: 0, seeds: [] }]);
    const runs = snapshot.runs.map((run) => ({ ...run, rows: thinned }));
    expect(smallest(after(initialState, { ...snapshot, runs }))).toEqual([1e-9, 2e-9]);
  });

  it('keeps its rows when it gets its verdict', () => {
    const header = {
      ...first.header,
      verdict: { kind: 'healthy', layers: [], message: '', evidence: {} },
    } as const;
    const state = after(stateOf(first), { type: 'run', header });
    expect(selectedRun(state)?.header.verdict?.kind).toBe('healthy');
    expect(selectedRun(state)?.recording.rows.steps.length).toBe(1);
  });

  it('that is not known takes no rows', () => {
    const state = stateOf(first);
    const append: ToView = {
      type: 'append',
      run: 'unknown',
      rows: packRows(rowsOf([[1, 2]])),
      histograms: packHistograms([]),
    };
    expect(after(state, append)).toBe(state);
  });

  it('takes no rows that do not fit its layers', () => {
    const state = stateOf(first);
    for (const rows of [
      packRows(rowsOf([[1, 2, 3]])),
      { ...packRows(rowsOf([[1, 2]])), loss: new ArrayBuffer(4) },
    ])
      expect(after(state, { type: 'append', run: 'first', rows, histograms: packHistograms([]) })).toBe(
        state,
      );
  });
});

describe('the cursor in the editor', () => {
  it('lights up a layer of the network on show', () => {
    const state = after(stateOf(first), { type: 'highlight', network: 'net', layer: 'b' });
    expect(state.pointedLayer).toBe('b');
  });

  it('leaves a layer chosen that stands on the same line as the one under the cursor', () => {
    const layers = layersOf(3).map((layer, index) => ({ ...layer, line: index < 2 ? 4 : 5 }));
    const repeated = { ...stateOf(runOf([[1, 2, 3]], { layers })), pointedLayer: 'b' };
    const light = (layer: string): ToView => ({ type: 'highlight', network: 'net', layer });
    expect(after(repeated, light('a')).pointedLayer).toBe('b');
    expect(after(repeated, light('c')).pointedLayer).toBe('c');
  });

  it('turns to the newest run of another network', () => {
    const state = after(stateOf(second, first), { type: 'highlight', network: 'twin', layer: 'a' });
    expect(state).toMatchObject({ selectedRun: 'second', pointedLayer: 'a' });
  });

  it('changes nothing for a network that was not run', () => {
    const state = stateOf(first);
    expect(after(state, { type: 'highlight', network: 'unknown', layer: 'a' })).toBe(state);
  });
});

describe('a request to select a run', () => {
  it('lays known runs over it', () => {
    const message: ToView = { type: 'select-run', run: 'first', compareWith: ['second', 'first', 'unknown'] };
    expect(after(stateOf(first, second), message)).toMatchObject({
      selectedRun: 'first',
      comparedRuns: ['second'],
    });
  });

  it('changes nothing for a run that is not known', () => {
    const state = stateOf(first);
    expect(after(state, { type: 'select-run', run: 'unknown', compareWith: [] })).toBe(state);
  });
});

describe('what comes from elsewhere', () => {
  it('is no message', () => {
    for (const data of [undefined, null, 'snapshot', 3, [], {}, { type: 'from-the-future' }, { type: 7 }])
      expect(isMessage(data)).toBe(false);
    fc.assert(fc.property(fc.anything(), (data) => typeof isMessage(data) === 'boolean'));
  });

  it('is a message if its type is known', () => {
    expect(isMessage({ type: 'snapshot' })).toBe(true);
  });
});

it('the state before the first message has nothing to show', () => {
  expect(selectedRun(initialState)).toBeUndefined();
});
