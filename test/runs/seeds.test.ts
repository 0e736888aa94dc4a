import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { Analyses } from '../../src/runs/analyses.ts';
import { RunStore, type RunEvent } from '../../src/runs/runStore.ts';
import { restoreRun, saveRun } from '../../src/runs/savedRun.ts';
import type { Session } from '../../src/runs/session.ts';
import { networkLens } from '../../src/runs/words/networkLens.ts';
import { layerHover } from '../../src/runs/words/layerHover.ts';
import { furtherSeeds, snapshot } from '../../src/runs/snapshot.ts';
import { applyMessage } from '../../webview/state/fromHost.ts';
import { initialState } from '../../webview/state/state.ts';
import { layersAt } from '../../src/runs/words/layerWords.ts';
import type { Job, JobEvent, JobRequest, WorkerPool } from '../../src/runs/workerPool.ts';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { network, recordedLayers, resultOf, rowsOf, sessionOf, text } from './madeUp.ts';

const started = {
  type: 'started',
  job: 1,
  layers: recordedLayers,
  parameters: 65,
  steps: 30,
  bytes: 1,
  notes: [],
} as const;

/** Thirty steps with these norms; where they vanish nothing is learned, otherwise all of it. */
function train(session: Session, position: number, norms: readonly number[], scale = 1): void {
  const rows = rowsOf(
    0,
    Array.from({ length: 30 }, () => norms.map((norm) => norm * scale)),
  );
  session.receive(started, position);
  session.receive({ type: 'rows', job: 1, rows, histograms: [] }, position);
}

function finish(session: Session, position: number, learned: boolean): void {
  const result = resultOf('completed', 30);
  const after = { ...result.before, loss: learned ? 0.01 : 0.7 };
  session.receive({ type: 'finished', job: 1, result: { ...result, after } }, position);
}

const vanishing = [1e-7, 1e-5, 1e-3, 1e-1];
const level = [0.1, 0.1, 0.1, 0.1];

describe('a run over seeds', () => {
  it('trains from the network’s seed and those that follow it', () => {
    expect(sessionOf('a', defaultThresholds, 3).trials.map((trial) => trial.network.train.seed)).toEqual([
      network.train.seed,
      network.train.seed + 1,
      network.train.seed + 2,
    ]);
  });

  it('is judged when all have ended, by the most frequent verdict, and shows the seed that it speaks of', () => {
    const session = sessionOf('a', defaultThresholds, 3);
    for (const [position, norms] of [level, vanishing, vanishing].entries()) {
      train(session, position, norms);
      finish(session, position, norms === level);
      expect(session.state).toBe(position < 2 ? 'running' : 'completed');
    }
    expect(session.verdict?.kind).toBe('vanishing');
    expect(session.verdicts).toEqual({ healthy: 1, vanishing: 2 });
    expect(session.header().seeds).toMatchObject({ planned: 3, ended: 3, shown: network.train.seed + 1 });
    expect(session.recording?.extremes(0, 'norm').last).toBe(1e-7);
    expect(session.otherSeeds()).toHaveLength(2);
    expect(session.findings[0]?.message).toMatch(/\(in 2 of 3 seeds\)$/);
  });

  it('is not undone by a seed that diverges, is stopped or loses its thread', () => {
    const session = sessionOf('a', defaultThresholds, 4);
    train(session, 0, vanishing);
    session.receive({ type: 'died', reason: 'exit code 1' }, 0);
    train(session, 1, vanishing);
    finish(session, 1, false);
    session.receive(started, 2);
    session.receive({ type: 'finished', job: 1, result: resultOf('diverged', 0) }, 2);
    expect(session.state).toBe('running');
    session.receive({ type: 'terminated' }, 3);
    expect(session.state).toBe('stopped');
    expect(session.verdicts).toEqual({ vanishing: 1, diverged: 1 });
    expect(session.failure).toBeUndefined();
  });

  it('fails at once with what is wrong with all', () => {
    const session = sessionOf('a', defaultThresholds, 3);
    const failure = { rule: 'data-file', message: 'no file', line: 2 };
    session.receive({ type: 'failed', job: 1, failure }, 1);
    expect(session).toMatchObject({ state: 'failed', failure });
  });

  it('comes back from storage as it was', () => {
    const session = sessionOf('a', defaultThresholds, 2);
    for (const position of [0, 1]) {
      train(session, position, vanishing, position + 1);
      finish(session, position, false);
    }
    const back = restoreRun(deserialize(serialize(saveRun(session))) as ReturnType<typeof saveRun>);
    expect(back.header()).toEqual(session.header());
    expect(back.otherSeeds()[0]?.rows).toEqual(session.otherSeeds()[0]?.rows);
  });
});

describe('the view', () => {
  it('is told of every seed, by a snapshot and by what comes after it', () => {
    const session = sessionOf('a', defaultThresholds, 4);
    for (const position of [0, 1, 2]) {
      train(session, position, vanishing, position + 1);
      finish(session, position, false);
    }
    const state = applyMessage(initialState, snapshot(session.request.file, ['n'], [session], undefined));
    expect(state.runs[0]?.seeds.map(({ values }) => values[0])).toEqual([2e-7, 3e-7]);
    train(session, 3, vanishing, 4);
    finish(session, 3, false);
    const last = session.trials[3]?.recording;
    if (last === undefined) throw new Error('The last seed has recorded nothing');
    const seeds = furtherSeeds([last], 4);
    const after = applyMessage(state, { type: 'seeds', run: 'a', seeds });
    expect(after.runs[0]?.seeds.map(({ steps }) => steps.length)).toEqual([30, 30, 30]);
  });
});

describe('the words of a run over seeds', () => {
  const stateOf = (session: Session) => ({
    session,
    errors: 0,
    trusted: true,
    offersComparison: false,
    prediction: undefined,
    tryout: undefined,
  });

  it('keep their width while the number of the seed grows', () => {
    const session = sessionOf('a', defaultThresholds, 10);
    expect(networkLens(stateOf(session))[0]?.title).toContain('seed \u20071 of 10');
  });

  it('say which seed is training, and in the end how often the verdict came up', () => {
    const session = sessionOf('a', defaultThresholds, 2);
    expect(networkLens(stateOf(session))[0]?.title).toContain('seed 1 of 2 · waiting to train');
    train(session, 0, vanishing);
    finish(session, 0, false);
    train(session, 1, level);
    expect(networkLens(stateOf(session))[0]?.title).toContain('seed 2 of 2 · step 30 of 30 · loss 0.700');
    finish(session, 1, true);
    expect(networkLens(stateOf(session))[0]?.title).toMatch(
      /^\$\(warning\).vanishing in 1 of 2 seeds: .*\(healthy in 1\)$/,
    );
  });

  it('warn of a network that fails in fewer than half of them', () => {
    const session = sessionOf('a', defaultThresholds, 3);
    for (const [position, norms] of [level, level, vanishing].entries()) {
      train(session, position, norms);
      finish(session, position, norms === level);
    }
    expect(networkLens(stateOf(session))[0]?.title).toMatch(/^\$\(warning\).healthy in 2 of 3 seeds/);
  });

  it('give the median and the band in the hover’s table', () => {
    const session = sessionOf('a', defaultThresholds, 3);
    for (const [position, scale] of [1, 2, 4].entries()) {
      train(session, position, vanishing, scale);
      finish(session, position, false);
    }
    const hover = layerHover(session, layersAt(session, new Set([4])), '');
    expect(hover).toContain('3 seeds: median of the last values (smallest to largest)');
    expect(hover).toMatch(/gradient norm .*0\.200&nbsp;\(0\.100&nbsp;–&nbsp;0\.400\)/);
  });
});

describe('analyses', () => {
  /** A pool that only remembers: the test says what the threads say. */
  function rig(seeds: number) {
    const jobs: {
      request: JobRequest;
      listener: (event: JobEvent) => void;
      rank: number;
      stopped: boolean;
    }[] = [];
    const pool = {
      run(request: JobRequest, listener: (event: JobEvent) => void, rank = 0): Job {
        const job = { request, listener, rank, stopped: false };
        jobs.push(job);
        return { stop: () => (job.stopped = true) };
      },
    } as unknown as WorkerPool;
    const store = new RunStore();
    const events: RunEvent['type'][] = [];
    store.onDidChange(({ type }) => events.push(type));
    let ids = 0;
    const analyses = new Analyses({
      store,
      pool,
      readFiles: () => Promise.resolve(new Map()),
      computing: () => ({ memoryLimit: 1e9, fastMath: false }),
      now: () => 0,
      newId: () => `run ${(ids += 1)}`,
      onBug: (error) => {
        throw error;
      },
    });
    const order = {
      file: 'file:///n.vgnet',
      text,
      network,
      header: { from: 0, to: 9 },
      thresholds: defaultThresholds,
      prediction: undefined,
      seeds,
    };
    return { jobs, store, events, analyses, session: analyses.start(order) };
  }

  it('queue every seed, further ones behind the first ones of other networks', async () => {
    const { jobs } = rig(3);
    await Promise.resolve();
    expect(jobs.map(({ rank, request }) => [rank, request.network.train.seed])).toEqual([
      [0, network.train.seed],
      [1, network.train.seed + 1],
      [2, network.train.seed + 2],
    ]);
  });

  it('keep one entry for all seeds, tell of each that ends, and stop all of them', async () => {
    const { jobs, store, events, analyses, session } = rig(3);
    await Promise.resolve();
    expect(store.all()).toHaveLength(1);
    jobs[1]?.listener(started);
    jobs[1]?.listener({ type: 'finished', job: 2, result: resultOf('completed', 30) });
    expect(events.slice(-2)).toEqual(['progress', 'seed']);
    analyses.stop(session);
    expect(jobs.every(({ stopped }) => stopped)).toBe(true);
  });

  it('stop the others where one fails on its data', async () => {
    const { jobs, session, events } = rig(3);
    await Promise.resolve();
    jobs[2]?.listener({ type: 'failed', job: 3, failure: { rule: 'data-file', message: 'no', line: 1 } });
    expect(session.state).toBe('failed');
    expect(jobs.filter(({ stopped }) => stopped).length).toBeGreaterThanOrEqual(2);
    expect(events.at(-1)).toBe('state');
  });
});
