import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordedRows } from '../../src/engine/recording.ts';
import type { AppendMessage } from '../../src/protocol/view.ts';
import { AppendQueue } from '../../src/runs/appendQueue.ts';

function row(step: number): RecordedRows {
  const one = (value: number): Float64Array => new Float64Array([value]);
  return { steps: one(step), loss: one(0.5), values: one(1), timeErrors: new Float64Array(0) };
}

function stepsOf(messages: readonly AppendMessage[], run: string): number[] {
  return messages
    .filter((message) => message.run === run)
    .flatMap(({ rows }) => [...new Float64Array(rows.steps)]);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('rows on their way to the view', () => {
  it('arrive whole and in order, in at most fifteen messages a second over all runs', () => {
    const sent: AppendMessage[] = [];
    const queue = new AppendQueue((message) => sent.push(message), Date.now);
    for (let step = 0; step < 1000; step += 1) {
      queue.add('a', row(step), []);
      queue.add('b', row(step), []);
      vi.advanceTimersByTime(1);
    }
    // One at the very beginning, then one each 1/15 s.
    expect(sent.length).toBeLessThanOrEqual(16);
    vi.advanceTimersByTime(1000);
    const steps = Array.from({ length: 1000 }, (_, step) => step);
    expect(stepsOf(sent, 'a')).toEqual(steps);
    expect(stepsOf(sent, 'b')).toEqual(steps);
  });

  it('are all there before the end of the run is told', () => {
    const sent: AppendMessage[] = [];
    const queue = new AppendQueue((message) => sent.push(message), Date.now);
    queue.add('a', row(0), [{ step: 0, counts: new Uint32Array([3, 1]) }]);
    queue.add('a', row(1), []);
    queue.flush('a');
    expect(stepsOf(sent, 'a')).toEqual([0, 1]);
    expect(sent[0]?.histograms.map(({ step, counts }) => [step, ...new Uint32Array(counts)])).toEqual([
      [0, 3, 1],
    ]);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });
});
