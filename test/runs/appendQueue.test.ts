import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Recorder } from '../../src/engine/recorder.ts';
import type { RecordedRows } from '../../src/engine/recording.ts';
import { unpackHistograms, unpackRows } from '../../src/protocol/rows.ts';
import { layersOf, rowsOf } from '../webview/run.ts';
import type { AppendMessage } from '../../src/protocol/view.ts';
import { AppendQueue, type SendAppend } from '../../src/runs/appendQueue.ts';

function row(step: number): RecordedRows {
  const one = (value: number): Float64Array => new Float64Array([value]);
  return { steps: one(step), loss: one(0.5), values: one(1), timeErrors: new Float64Array(0) };
}

function stepsOf(messages: readonly AppendMessage[], run: string): number[] {
  return messages
    .filter((message) => message.run === run)
    .flatMap(({ rows }) => [...new Float64Array(rows.steps)]);
}

/** Of a run whose rows all arrive it is not asked. */
const short = new Recorder([]);

/** A view that takes every message at once. */
function takenAtOnce(sent: AppendMessage[]): SendAppend {
  return (message) => {
    sent.push(message);
    return undefined;
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('rows on their way to the view', () => {
  it('arrive whole and in order, in at most fifteen messages a second over all runs', () => {
    const sent: AppendMessage[] = [];
    const queue = new AppendQueue(takenAtOnce(sent), Date.now);
    for (let step = 0; step < 1000; step += 1) {
      queue.add('a', row(step), [], short);
      queue.add('b', row(step), [], short);
      vi.advanceTimersByTime(1);
    }
    // One at the very beginning, then one each 1/15 s.
    expect(sent.length).toBeLessThanOrEqual(16);
    vi.advanceTimersByTime(1000);
    const steps = Array.from({ length: 1000 }, (_, step) => step);
    expect(stepsOf(sent, 'a')).toEqual(steps);
    expect(stepsOf(sent, 'b')).toEqual(steps);
    expect(queue.hasThinned('a')).toBe(false);
  });

  it('are all there before the end of the run is told', () => {
    const sent: AppendMessage[] = [];
    const queue = new AppendQueue(takenAtOnce(sent), Date.now);
    queue.add('a', row(0), [{ step: 0, counts: new Uint32Array([3, 1]) }], short);
    queue.add('a', row(1), [], short);
    queue.flush('a');
    expect(stepsOf(sent, 'a')).toEqual([0, 1]);
    const histograms = sent[0] && unpackHistograms(sent[0].histograms);
    expect(histograms).toEqual([{ step: 0, counts: new Uint32Array([3, 1]) }]);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });

  it('wait while the view has not taken the message before', async () => {
    const sent: AppendMessage[] = [];
    let take = (): void => undefined;
    const send: SendAppend = (message) => {
      sent.push(message);
      return new Promise<void>((resolve) => (take = resolve));
    };
    const queue = new AppendQueue(send, Date.now);
    queue.add('a', row(0), [], short);
    await vi.advanceTimersByTimeAsync(10);
    queue.add('a', row(1), [], short);
    await vi.advanceTimersByTimeAsync(1000);
    queue.add('a', row(2), [], short);
    expect(stepsOf(sent, 'a')).toEqual([0]);
    take();
    await vi.advanceTimersByTimeAsync(100);
    expect(stepsOf(sent, 'a')).toEqual([0, 1, 2]);
    expect(sent).toHaveLength(2);
  });

  it('of a long run become fewer than it records, with the first and the last of each message', () => {
    const sent: AppendMessage[] = [];
    const queue = new AppendQueue(takenAtOnce(sent), Date.now);
    const rowsPerMessage = 2 ** 16;
    for (let message = 0; message < 6; message += 1) {
      const steps = Float64Array.from(
        { length: rowsPerMessage },
        (_, index) => message * rowsPerMessage + index,
      );
      queue.add('a', { steps, loss: steps, values: steps, timeErrors: new Float64Array(0) }, [], short);
      vi.advanceTimersByTime(100);
    }
    // The first 2¹⁸ numbers are sent whole: four messages.
    const counts = sent.map(({ rows }) => new Float64Array(rows.steps).length);
    expect(counts.slice(0, 4)).toEqual([rowsPerMessage, rowsPerMessage, rowsPerMessage, rowsPerMessage]);
    // Three numbers a row, 2¹³ numbers a message.
    expect(counts.slice(4)).toEqual([2730, 2730]);
    const last = new Float64Array(sent[5]?.rows.steps ?? new ArrayBuffer(0));
    expect([last[0], last.at(-1)]).toEqual([5 * rowsPerMessage, 6 * rowsPerMessage - 1]);
    expect(queue.hasThinned('a')).toBe(true);
  });

  it('that were left out still count in the smallest and the largest', () => {
    const sent: AppendMessage[] = [];
    const queue = new AppendQueue(takenAtOnce(sent), Date.now);
    const layers = layersOf(1);
    const recording = new Recorder(layers);
    const shown = new Recorder(layers);
    const rowsPerMessage = 10_000;
    for (let message = 0; message < 3; message += 1) {
      const steps = Array.from({ length: rowsPerMessage }, (_, index) => message * rowsPerMessage + index);
      // One row of thirty thousand, in a message that is thinned to some hundreds.
      const rows = rowsOf(
        steps.map((step) => [step === 25_001 ? 1e-9 : 1]),
        steps,
      );
      recording.add(rows, []);
      queue.add('a', rows, [], recording);
      vi.advanceTimersByTime(100);
    }
    for (const { rows, extremes } of sent) {
      shown.add(unpackRows(rows), []);
      if (extremes !== undefined) shown.adoptExtremes(new Float64Array(extremes));
    }
    expect(sent.map(({ extremes }) => extremes !== undefined)).toEqual([false, false, true]);
    expect([...shown.rows.steps]).not.toContain(25_001);
    expect(shown.extremes(0, 'norm')).toEqual({ first: 1, last: 1, min: 1e-9, max: 1 });
  });
});
