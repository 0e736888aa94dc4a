import { describe, expect, it } from 'vitest';
import type { FromView } from '../../../src/protocol/view.ts';
import { emptyContent } from '../../../webview/page/emptyState.ts';
import { figures } from '../../../webview/page/header.ts';
import { Intents } from '../../../webview/page/intents.ts';
import { act } from '../../../webview/page/keyboard.ts';
import { nextThreshold, readThreshold } from '../../../webview/page/thresholdField.ts';
import { judge } from '../../../webview/page/tone.ts';
import { reduce } from '../../../webview/state/reduce.ts';
import { initialState, type ViewState } from '../../../webview/state/state.ts';
import { Store } from '../../../webview/state/store.ts';
import { headerOf, layersOf, runOf, stateOf } from '../run.ts';

const run = runOf([
  [1e-6, 1],
  [2e-6, 2],
  [3e-6, 3],
]);

/** A page without pixels: presses keys and listens to what the host is told. */
function keyboard(state: ViewState = stateOf(run)) {
  const told: FromView[] = [];
  const store = new Store(state, reduce);
  const sections: number[] = [];
  const targets = {
    intents: new Intents(store, (message) => told.push(message)),
    state: () => store.state,
    goToSection: (number: number) => sections.push(number),
  };
  return { store, told, sections, press: (key: string, shift = false) => act(key, shift, targets) };
}

describe('the keys', () => {
  it('move the step', () => {
    const { store, press } = keyboard();
    press('ArrowLeft');
    expect(store.state.step).toBe(1);
    press('Home');
    expect(store.state.step).toBe(0);
    press('End');
    expect(store.state.step).toBeUndefined();
    press('ArrowLeft', true);
    expect(store.state.step).toBe(0);
  });

  it('move the layer, light it up in the editor and show its line', () => {
    const { told, press } = keyboard();
    press('ArrowDown');
    press('ArrowDown');
    press('Enter');
    expect(told).toEqual([
      { type: 'point', run: 'run 1', layer: 'a' },
      { type: 'point', run: 'run 1', layer: 'b' },
      { type: 'reveal', run: 'run 1', layer: 'b' },
    ]);
  });

  it('lead to sections', () => {
    const { sections, press } = keyboard();
    press('3');
    expect(sections).toEqual([3]);
  });

  it('let go of everything', () => {
    const { store, press } = keyboard();
    press('ArrowDown');
    press('ArrowLeft');
    press('Escape');
    expect(store.state).toMatchObject({ pointedLayer: undefined, step: undefined });
  });

  it('without a meaning are left to others', () => {
    const { press } = keyboard();
    for (const key of ['a', 'Tab', ' ', 'PageDown', 'Enter']) expect(press(key)).toBe(false);
  });

  it('do no harm without a run', () => {
    const { told, press } = keyboard(initialState);
    for (const key of ['ArrowLeft', 'ArrowDown', 'Home', 'End', 'Enter', 'Escape']) press(key);
    expect(told).toEqual([]);
  });
});

describe('what the host is told', () => {
  it('of a threshold once it is let go, not while it is dragged', () => {
    const { store, told } = keyboard();
    const intents = new Intents(store, (message) => told.push(message));
    intents.draftThreshold(1e-3);
    intents.draftThreshold(2e-3);
    expect(told).toEqual([]);
    intents.setThreshold(2e-3);
    expect(told).toEqual([
      {
        type: 'thresholds',
        run: 'run 1',
        thresholds: { threshold: 2e-3, explode: 1e3, ratio: 1e-3, metric: 'norm' },
      },
    ]);
  });

  it('of a metric only if the threshold may speak of it', () => {
    const { store, told } = keyboard();
    const intents = new Intents(store, (message) => told.push(message));
    intents.chooseMetric('speed');
    expect(told).toEqual([]);
    intents.chooseMetric('rms');
    expect(told).toMatchObject([{ type: 'thresholds', thresholds: { metric: 'rms' } }]);
  });

  it('of the layer under the pointer, once', () => {
    const { store, told } = keyboard();
    const intents = new Intents(store, (message) => told.push(message));
    intents.hover('a');
    intents.hover('a');
    intents.hover(undefined);
    expect(told.map((message) => message.type === 'point' && message.layer)).toEqual(['a', undefined]);
  });
});

describe('the threshold’s field', () => {
  it.each([
    ['1e-4', 1e-4],
    [' 0.05 ', 0.05],
    ['1,000', 1000],
    ['0', undefined],
    ['-1', undefined],
    ['', undefined],
    ['abc', undefined],
    ['Infinity', undefined],
  ])('reads %j', (text, expected) => {
    expect(readThreshold(text)).toBe(expected);
  });

  it.each([
    [1e-4, 1, 2e-4],
    [2e-4, 1, 5e-4],
    [5e-4, 1, 1e-3],
    [1e-4, -1, 5e-5],
    [3e-4, 1, 5e-4],
    [3e-4, -1, 2e-4],
  ] as const)('from %d in direction %d to %d', (threshold, direction, expected) => {
    expect(nextThreshold(threshold, direction)).toBeCloseTo(expected, 15);
  });
});

describe('the words of a run', () => {
  const header = headerOf(layersOf(1));
  const verdict = { kind: 'vanishing', layers: ['a'], message: 'a 1e-6', evidence: {} } as const;

  it.each([
    ['training', { state: 'running' }, 'running', 'training'],
    ['a verdict', { verdict }, 'warning', 'vanishing'],
    ['a failure', { state: 'failed', failure: 'no such file' }, 'error', 'failed'],
    ['a log', {}, 'neutral', 'not judged'],
    ['a stop before the verdict', { state: 'stopped' }, 'neutral', 'stopped'],
  ] as const)('for %s', (_name, more, tone, title) => {
    expect(judge({ ...header, ...more })).toMatchObject({ tone, title });
  });

  it('do not break over a verdict of a later version', () => {
    const later = { ...verdict, kind: 'oscillating' as 'vanishing' };
    expect(judge({ ...header, verdict: later })).toMatchObject({ tone: 'neutral', title: 'oscillating' });
  });

  it('have the numbers under the verdict', () => {
    expect(figures(stateOf(run), run)).toEqual([
      ['loss', '1.00 → 0.333', 'of the first and the last mini-batch'],
      ['steps', '3 of 100'],
    ]);
    expect(figures({ ...stateOf(run), step: 1 }, run)).toContainEqual(['loss at step 1', '0.500']);
  });
});

describe('what stands where there is nothing to draw', () => {
  const titleOf = (state: ViewState): string | undefined => emptyContent(state)?.title;

  it.each([
    ['before the host has answered', initialState, 'Loading'],
    ['without a file', { ...initialState, connected: true }, 'No network'],
    ['without a network', { ...stateOf(), networks: [] }, 'Nothing to analyze'],
    ['without a run', stateOf(), 'No run yet'],
    ['of a log that is gone', { ...stateOf(), networks: [], file: 'file:///work/run%201.vglog' }, 'No log'],
    ['when a run has just begun', stateOf(runOf([], { state: 'running', layers: layersOf(2) })), 'Starting'],
    [
      'when a run failed',
      stateOf(runOf([], { state: 'failed', layers: [], failure: 'why' })),
      'Nothing was recorded',
    ],
    ['when a log has no steps', stateOf(runOf([], { layers: layersOf(2) })), 'No steps'],
    ['with rows', stateOf(run), undefined],
  ])('%s', (_name, state, title) => {
    expect(titleOf(state)).toBe(title);
  });

  it('offers each network of the file', () => {
    expect(emptyContent({ ...stateOf(), networks: ['one', 'two'] })?.networks).toEqual(['one', 'two']);
  });
});
