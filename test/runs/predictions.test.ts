import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Prediction } from '../../src/analysis/prediction.ts';
import type { CheckedNetwork } from '../../src/language/network.ts';
import type { PredictRequest } from '../../src/protocol/worker.ts';
import { Predictions, type PredictingThread } from '../../src/runs/predictions.ts';
import { network } from './madeUp.ts';

const grace = 100;
const file = 'file:///n.vgnet';
const answer: Prediction = { type: 'predicted', how: 'kernel recursion', layers: [] };

class FakeThread extends EventEmitter implements PredictingThread {
  readonly requests: PredictRequest[] = [];
  terminated = false;

  postMessage(message: unknown): void {
    this.requests.push(message as PredictRequest);
  }

  terminate(): Promise<number> {
    this.terminated = true;
    return Promise.resolve(1);
  }

  answer(prediction: Prediction = answer): void {
    this.emit('message', { type: 'predicted', job: this.requests.at(-1)?.job, prediction });
  }

  get asked(): string[] {
    return this.requests.map((request) => request.network.name);
  }
}

function predictionsOf(readFiles = () => Promise.resolve(new Map<string, Uint8Array>())) {
  const threads: FakeThread[] = [];
  const startThread = (): FakeThread => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread;
  };
  const predictions = new Predictions({ startThread, readFiles, grace, log: () => {} });
  return { predictions, threads };
}

function named(name: string): CheckedNetwork {
  return { ...network, name };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets what was read arrive. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe('predictions', () => {
  it('are computed once for the same network, wherever it stands', async () => {
    const { predictions, threads } = predictionsOf();
    const told: string[] = [];
    predictions.onDidPredict((event) => told.push(event.file));
    predictions.want(file, [network]);
    await settle();
    expect(predictions.of(network)).toBeUndefined();
    threads[0]?.answer();
    expect(predictions.of(network)).toBe(answer);
    expect(told).toEqual([file]);
    const moved = { ...network, line: 17, span: { from: 99, to: 100 } };
    predictions.want(file, [moved]);
    await settle();
    expect(predictions.of(moved)).toBe(answer);
    expect(threads[0]?.requests).toHaveLength(1);
  });

  it('are asked for one after the other', async () => {
    const { predictions, threads } = predictionsOf();
    const told: boolean[] = [];
    predictions.onDidPredict(({ isLast }) => told.push(isLast));
    predictions.want(file, [named('a'), named('b')]);
    await settle();
    expect(threads[0]?.asked).toEqual(['a']);
    threads[0]?.answer();
    await settle();
    expect(threads[0]?.asked).toEqual(['a', 'b']);
    threads[0]?.answer();
    expect(told).toEqual([false, true]);
  });

  it('are given up at the next key, and what comes late is not believed', async () => {
    const { predictions, threads } = predictionsOf();
    predictions.want(file, [named('old')]);
    await settle();
    const flag = threads[0]?.requests[0]?.stopFlag;
    predictions.want(file, [named('new')]);
    expect(flag && Atomics.load(new Int32Array(flag), 0)).toBe(1);
    threads[0]?.answer({ type: 'not-predictable', reason: 'it was cancelled' });
    await settle();
    expect(predictions.of(named('old'))).toBeUndefined();
    expect(threads[0]?.asked).toEqual(['old', 'new']);
    expect(threads).toHaveLength(1);
  });

  it('that do not give up in time lose their thread', async () => {
    const { predictions, threads } = predictionsOf();
    predictions.want(file, [named('old')]);
    await settle();
    predictions.want(file, [named('new')]);
    await vi.advanceTimersByTimeAsync(grace);
    expect(threads[0]?.terminated).toBe(true);
    expect(threads[1]?.asked).toEqual(['new']);
  });

  it('whose thread dies say so, and the next one gets a new thread', async () => {
    const { predictions, threads } = predictionsOf();
    predictions.want(file, [named('a')]);
    await settle();
    threads[0]?.emit('error', new Error('out of memory'));
    expect(predictions.of(named('a'))?.type).toBe('not-predictable');
    predictions.want(file, [named('b')]);
    await settle();
    threads[1]?.answer();
    expect(predictions.of(named('b'))).toBe(answer);
  });

  it('answer what another choice would do, once, unless the text changes meanwhile', async () => {
    const { predictions, threads } = predictionsOf();
    const answers = [{ words: 'relu', norm: 0.1, text: 'relu: 0.100, 10 times more' }];
    const first = predictions.whatIf(file, network, 0, 'activations');
    await settle();
    expect(threads[0]?.requests[0]).toMatchObject({ type: 'what-if', layer: 0, changes: 'activations' });
    threads[0]?.emit('message', { type: 'what-if', job: threads[0].requests[0]?.job, answers });
    expect(await first).toEqual(answers);
    expect(await predictions.whatIf(file, network, 0, 'activations')).toEqual(answers);
    expect(threads[0]?.requests).toHaveLength(1);
    const given = predictions.whatIf(file, network, 1, 'initialisers');
    await settle();
    predictions.want(file, [named('new')]);
    expect(await given).toBeUndefined();
  });

  it('are left alone where their files cannot be read', async () => {
    const { predictions, threads } = predictionsOf(() => Promise.reject(new Error('no access')));
    predictions.want(file, [named('a')]);
    await settle();
    expect(threads).toHaveLength(0);
    expect(predictions.of(named('a'))).toBeUndefined();
  });
});
