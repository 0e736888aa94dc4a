import { describe, expect, it } from 'vitest';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { restoreRun, saveRun } from '../../src/runs/savedRun.ts';
import { deserialize, serialize } from 'node:v8';
import { recordedLayers, resultOf, rowsOf, sessionOf, vanishingSession } from './madeUp.ts';

const started = {
  type: 'started',
  job: 1,
  layers: recordedLayers,
  parameters: 65,
  steps: 10,
  bytes: 1,
  notes: [],
} as const;
const rows = { type: 'rows', job: 1, rows: rowsOf(0, [[1, 1, 1, 1]]), histograms: [] } as const;

describe('a run', () => {
  it('waits, records, and is judged when it is over', () => {
    const session = sessionOf();
    expect(session).toMatchObject({ state: 'running', steps: 0, loss: undefined, recording: undefined });
    expect(session.receive(started)).toBe('state');
    expect(session.plannedSteps).toBe(10);
    expect(session.receive(rows)).toBe('rows');
    expect(session).toMatchObject({ state: 'running', steps: 1, loss: 0.7, verdict: undefined });
    expect(session.receive({ type: 'finished', job: 1, result: resultOf('completed', 1) })).toBe('state');
    expect(session.state).toBe('completed');
    expect(session.verdict).toBeDefined();
  });

  it.each([
    ['terminated', { type: 'terminated' }, 'stopped', undefined],
    ['died', { type: 'died', reason: 'exit code 1' }, 'failed', /exit code 1/],
    [
      'failed',
      { type: 'failed', job: 1, failure: { rule: 'data-file', message: 'no file', line: 2 } },
      'failed',
      /no file/,
    ],
    ['stopped', { type: 'finished', job: 1, result: resultOf('stopped', 1) }, 'stopped', undefined],
    ['diverged', { type: 'finished', job: 1, result: resultOf('diverged', 1) }, 'diverged', undefined],
  ] as const)('that has %s keeps what it recorded', (_, event, state, failure) => {
    const session = sessionOf();
    session.receive(started);
    session.receive(rows);
    session.receive(event);
    expect(session.state).toBe(state);
    expect(session.steps).toBe(1);
    if (failure === undefined) expect(session.failure).toBeUndefined();
    else expect(session.header().failure).toMatch(failure);
  });

  it('hears nothing any more once it is over', () => {
    const session = vanishingSession();
    expect(session.receive({ type: 'died', reason: 'late' })).toBeUndefined();
    expect(session.state).toBe('completed');
  });

  it('is judged anew by other thresholds', () => {
    const session = vanishingSession();
    // 1e-7 to 1e-1 over four layers with the loss of a coin: vanishing by definition, unless nothing is too small.
    expect(session.verdict?.kind).toBe('vanishing');
    session.judgeBy({ ...defaultThresholds, threshold: 1e-300, ratio: 1e-300 });
    expect(session.verdict?.kind).not.toBe('vanishing');
  });

  it('comes back from storage as it was', () => {
    const session = vanishingSession();
    const back = restoreRun(deserialize(serialize(saveRun(session))) as ReturnType<typeof saveRun>);
    expect(back.header()).toEqual(session.header());
    expect(back.recording?.rows).toEqual(session.recording?.rows);
    expect(back.recording?.extremes(0, 'norm')).toEqual({ first: 1e-7, last: 1e-7, min: 1e-7, max: 1e-7 });
  });

  it('comes back as stopped if its window ended under it', () => {
    const session = sessionOf();
    session.receive(started);
    session.receive(rows);
    expect(restoreRun(saveRun(session))).toMatchObject({ state: 'stopped', steps: 1, plannedSteps: 10 });
  });
});
