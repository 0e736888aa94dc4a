import { describe, expect, it } from 'vitest';
import type { RecordedRows, RunEnd, RunResult } from '../../src/engine/recording.ts';
import type { CheckedNetwork } from '../../src/language/network.ts';
import type { AnalyzeRequest, FromWorker, RunFailure } from '../../src/protocol/worker.ts';
import { handleMessage, type Surroundings } from '../../src/worker/handleMessage.ts';

const plannedSteps = 10;
const interval = 50;

function rowsOf(step: number): RecordedRows {
  return {
    steps: new Float64Array([step]),
    loss: new Float64Array([1 / (step + 1)]),
    values: new Float64Array(13).fill(step),
    timeErrors: new Float64Array(0),
  };
}

/** A run of one layer that does one step in each slice; `during` may act in between. */
function fakeRun(during: (step: number) => RunEnd | undefined) {
  let step = -1;
  return {
    layers: [{ name: 'dense1', kind: 'dense', parameters: 3 }],
    parameters: 3,
    plannedSteps,
    bytes: 1000,
    notes: ['one class only'],
    advance: () => {
      step += 1;
      const end = during(step) ?? (step === plannedSteps - 1 ? ('completed' as const) : undefined);
      return { rows: rowsOf(step), histograms: [], end };
    },
    finish: (end: RunEnd) => ({ end, steps: step + 1 }) as RunResult,
  };
}

function handle(
  prepare: () => { ok: true; run: ReturnType<typeof fakeRun> } | { ok: false; failure: RunFailure },
  stopFlag = new SharedArrayBuffer(4),
): FromWorker[] {
  const posted: FromWorker[] = [];
  let clock = 0;
  const request = {
    type: 'analyze',
    job: 7,
    network: { line: 3 } as CheckedNetwork,
    files: new Map(),
    stopFlag,
    interval,
    memoryLimit: 1e6,
    fastMath: false,
  } satisfies AnalyzeRequest;
  handleMessage(request, {
    prepareRun: prepare as unknown as Surroundings['prepareRun'],
    post: (message) => posted.push(message),
    // Twenty milliseconds pass between two looks at the clock.
    now: () => (clock += 20),
  });
  return posted;
}

function stepsIn(messages: readonly FromWorker[]): number[] {
  return messages.flatMap((message) => (message.type === 'rows' ? [...message.rows.steps] : []));
}

const allSteps = Array.from({ length: plannedSteps }, (_, step) => step);

describe('a job of the training thread', () => {
  it('begins with what will be done, gives every row once and ends with the result', () => {
    const posted = handle(() => ({ ok: true, run: fakeRun(() => undefined) }));
    expect(posted[0]).toEqual({
      type: 'started',
      job: 7,
      layers: [{ name: 'dense1', kind: 'dense', parameters: 3 }],
      parameters: 3,
      steps: plannedSteps,
      bytes: 1000,
      notes: ['one class only'],
    });
    expect(stepsIn(posted)).toEqual(allSteps);
    expect(posted.at(-1)).toEqual({ type: 'finished', job: 7, result: { end: 'completed', steps: 10 } });
    expect(new Set(posted.map(({ job }) => job))).toEqual(new Set([7]));
  });

  it('shows its first row at once and then sends no more often than asked', () => {
    const rows = handle(() => ({ ok: true, run: fakeRun(() => undefined) })).filter(
      ({ type }) => type === 'rows',
    );
    expect(rows.map((message) => (message.type === 'rows' ? message.rows.steps.length : 0))[0]).toBe(1);
    // Ten steps of at least 20 ms each, sent at most every 50 ms: fewer messages than steps.
    expect(rows.length).toBeLessThan(plannedSteps);
  });

  it('ends as stopped after the slice in which it is asked to', () => {
    const stopFlag = new SharedArrayBuffer(4);
    const stopAtStep3 = (step: number): undefined => {
      if (step === 3) Atomics.store(new Int32Array(stopFlag), 0, 1);
    };
    const posted = handle(() => ({ ok: true, run: fakeRun(stopAtStep3) }), stopFlag);
    expect(stepsIn(posted)).toEqual([0, 1, 2, 3]);
    expect(posted.at(-1)).toEqual({ type: 'finished', job: 7, result: { end: 'stopped', steps: 4 } });
  });

  it('keeps what was recorded before the loss was no longer finite', () => {
    const posted = handle(() => ({
      ok: true,
      run: fakeRun((step) => (step === 2 ? 'diverged' : undefined)),
    }));
    expect(stepsIn(posted)).toEqual([0, 1, 2]);
    expect(posted.at(-1)).toMatchObject({ type: 'finished', result: { end: 'diverged' } });
  });

  it('fails with the rule and the line where the input is wrong', () => {
    const failure = { rule: 'data-file', message: 'There is no "x.csv".', line: 9 };
    expect(handle(() => ({ ok: false, failure }))).toEqual([{ type: 'failed', job: 7, failure }]);
  });

  it('turns a bug into a failure, with what was thrown, at the network', () => {
    const posted = handle(() => ({
      ok: true,
      run: fakeRun((step) => {
        if (step === 1) throw new Error('layer 5 of 4');
        return undefined;
      }),
    }));
    const last = posted.at(-1);
    expect(last).toMatchObject({ type: 'failed', job: 7, failure: { rule: 'internal', line: 3 } });
    expect(last?.type === 'failed' && last.failure.message).toContain('layer 5 of 4');
  });
});
