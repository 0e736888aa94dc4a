import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { proposeFixes } from '../../src/analysis/fixes.ts';
import type { Candidate } from '../../src/analysis/fixes/fix.ts';
import { check } from '../../src/language/check.ts';
import type { AnalyzeRequest, FromWorker } from '../../src/protocol/worker.ts';
import type { Session } from '../../src/runs/session.ts';
import { Tryouts, type Tryout } from '../../src/runs/tryouts.ts';
import { WorkerPool, type Thread } from '../../src/runs/workerPool.ts';
import { fixList } from '../../src/runs/words/fixList.ts';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { recordedLayers, resultOf, rowsOf, sessionOf, text, vanishingSession } from './madeUp.ts';

/** A thread that waits until a test lets it answer. */
class FakeThread extends EventEmitter implements Thread {
  request: AnalyzeRequest | undefined;

  postMessage(message: unknown): void {
    this.request = message as AnalyzeRequest;
  }

  terminate(): Promise<number> {
    this.emit('exit', 1);
    return Promise.resolve(1);
  }

  /** Ends the job with norms that are alike in all layers, so that nothing vanishes, and with this loss. */
  finish(loss: number): void {
    const job = this.request?.job ?? -1;
    this.request = undefined;
    const learned = resultOf('completed', 30);
    const after = { ...learned.before, loss };
    this.tell({
      type: 'started',
      job,
      layers: recordedLayers,
      parameters: 65,
      steps: 30,
      bytes: 1,
      notes: [],
    });
    const norms = Array.from({ length: 30 }, () => [0.1, 0.1, 0.1, 0.1]);
    this.tell({ type: 'rows', job, rows: rowsOf(0, norms), histograms: [] });
    this.tell({ type: 'finished', job, result: { ...learned, after } });
  }

  fail(): void {
    const job = this.request?.job ?? -1;
    this.request = undefined;
    this.tell({ type: 'failed', job, failure: { rule: 'memory-limit', message: 'too large', line: 1 } });
  }

  private tell(message: FromWorker): void {
    this.emit('message', message);
  }
}

/** The made-up network's file, so that fixes can be proposed. */
const file = `${text}\ndata moons {}\ntrain { loss = bce_with_logits, optimizer = sgd(lr=0.1) }\n`;

function proposals({ verdict, findings, recording }: Session): Candidate[] {
  if (verdict === undefined || recording === undefined) throw new Error('The run was not judged');
  return proposeFixes(check(file), 'n', { verdict, findings, recording });
}

function beginning(size = 2): {
  asItIs: Session;
  candidates: Candidate[];
  tryouts: Tryouts;
  ended: Promise<Tryout>;
  threads: FakeThread[];
  busy: () => FakeThread[];
} {
  const threads: FakeThread[] = [];
  const pool = new WorkerPool({
    startThread: () => {
      const thread = new FakeThread();
      threads.push(thread);
      return thread;
    },
    size: () => size,
    grace: 0,
    log: () => undefined,
  });
  let ids = 0;
  const tryouts = new Tryouts({
    pool,
    readFiles: () => Promise.resolve(new Map()),
    computing: () => ({ memoryLimit: 1, fastMath: false }),
    now: () => 1,
    newId: () => `fix ${(ids += 1)}`,
    onBug: (error) => {
      throw error;
    },
  });
  const asItIs = vanishingSession();
  const candidates = proposals(asItIs);
  const ended = tryouts.start(asItIs, candidates);
  const busy = (): FakeThread[] => threads.filter(({ request }) => request !== undefined);
  return { asItIs, candidates, tryouts, ended, threads, busy };
}

/** Lets what was promised happen. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('trying fixes', () => {
  it('trains as many at once as it may, and ranks them by what they showed', async () => {
    const { asItIs, candidates, tryouts, ended, busy } = beginning();
    await settle();
    const tryout = tryouts.of(asItIs);
    expect(tryout).toMatchObject({ state: 'running', done: 0, total: candidates.length });
    expect(candidates.length).toBeGreaterThan(3);
    const losses = candidates.map((_, index) => 0.5 - 0.1 * ((index * 3) % 5));
    for (const [index, loss] of losses.entries()) {
      expect(busy()).toHaveLength(Math.min(2, candidates.length - index));
      busy()[0]?.finish(loss);
      await settle();
      expect(tryout?.done).toBe(index + 1);
    }
    const { state, tried } = await ended;
    expect(state).toBe('done');
    expect(tried.map(({ measured }) => measured.loss)).toEqual(losses.toSorted((a, b) => a - b));
    expect(tryouts.running()).toEqual([]);
    // The run of a fix belongs to the text that the fix makes.
    for (const { candidate, session } of tried) {
      expect(session.request).toMatchObject({ text: candidate.text, network: candidate.network });
      expect(session.thresholds).toEqual(asItIs.thresholds);
    }
  });

  it('trains each over as many seeds as the network itself', async () => {
    const { candidates, tryouts, busy } = beginning(8);
    await settle();
    for (const thread of busy()) thread.finish(0.1);
    const [candidate] = candidates;
    if (candidate === undefined) throw new Error('Nothing is proposed');
    const ended = tryouts.start(sessionOf('b', defaultThresholds, 2), [candidate]);
    await settle();
    expect(busy().map(({ request }) => request?.network.train.seed)).toEqual([1, 2]);
    for (const thread of busy()) thread.finish(0.1 * (thread.request?.network.train.seed ?? NaN));
    const [fix] = (await ended).tried;
    expect(fix?.measured.verdicts).toEqual({ healthy: 2 });
    // The median of 0.1 and 0.2.
    expect(fix?.measured.loss).toBeCloseTo(0.15, 12);
  });

  it('leaves out what could not be trained', async () => {
    const { candidates, ended, busy } = beginning(1);
    await settle();
    busy()[0]?.fail();
    for (let index = 1; index < candidates.length; index += 1) {
      await settle();
      busy()[0]?.finish(0.1);
    }
    const { tried, done } = await ended;
    expect(done).toBe(candidates.length);
    expect(tried).toHaveLength(candidates.length - 1);
    expect(tried.map(({ candidate }) => candidate)).not.toContain(candidates[0]);
  });

  it('ends when it is cancelled, begins nothing more, and forgets', async () => {
    const { asItIs, tryouts, ended, threads } = beginning(1);
    await settle();
    const tryout = tryouts.of(asItIs);
    if (tryout === undefined) throw new Error('Nothing is tried');
    tryouts.cancel(tryout);
    expect((await ended).state).toBe('cancelled');
    expect(tryouts.of(asItIs)).toBeUndefined();
    expect(tryouts.running()).toEqual([]);
    expect(threads.filter(({ request }) => request !== undefined)).toHaveLength(1);
  });

  it('ends with the reason where the network’s files cannot be read', async () => {
    const tryouts = new Tryouts({
      pool: new WorkerPool({
        startThread: () => new FakeThread(),
        size: () => 1,
        grace: 0,
        log: () => undefined,
      }),
      readFiles: () => Promise.reject(new Error('the disk is gone')),
      computing: () => ({ memoryLimit: 1, fastMath: false }),
      now: () => 1,
      newId: () => 'fix',
      onBug: () => undefined,
    });
    const asItIs = vanishingSession();
    await expect(tryouts.start(asItIs, proposals(asItIs))).rejects.toThrow('the disk is gone');
    expect(tryouts.running()).toEqual([]);
    expect(tryouts.of(asItIs)).toBeUndefined();
  });
});

describe('the list of fixes', () => {
  it('has verdict, numbers and reason of each, and the network as it is last', async () => {
    const { candidates, ended, busy } = beginning(1);
    for (let index = 0; index < candidates.length; index += 1) {
      await settle();
      busy()[0]?.finish(0.1 + index / 10);
    }
    const list = fixList(await ended);
    expect(list?.title).toBe(`Fixes for n: ${candidates.length} tried, 30 steps each, seed 1`);
    const [first, last] = [list?.items[0], list?.items.at(-1)];
    expect(first?.label).toBe(`$(pass) ${candidates[0]?.title}`);
    expect(first?.description).toBe('healthy · loss 0.100 · accuracy 50 % · first norm 0.100');
    expect(first?.detail).toMatch(/^\w.* \d{4}: \S.*\.$/);
    expect(last?.label).toBe('$(warning) n as it is');
    expect(last?.description).toBe('vanishing · loss 0.700 · accuracy 50 % · first norm 1.00e-7');
    expect(last?.fix).toBeUndefined();
  });
});
