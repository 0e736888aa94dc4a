import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LensPace } from '../../src/runs/lensPace.ts';

const file = 'file:///n.vgnet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function paceOf(version: number | undefined) {
  const tell = vi.fn<() => void>();
  return { pace: new LensPace({ tell, versionOf: () => version }), tell };
}

describe('lenses are asked for anew', () => {
  it('at once for what a person waits for', () => {
    const { pace, tell } = paceOf(1);
    pace.now();
    expect(tell).toHaveBeenCalledOnce();
  });

  it('once in a while where something goes on all the time', () => {
    const { pace, tell } = paceOf(1);
    for (let passed = 0; passed < 3000; passed += 10) {
      pace.soon();
      vi.advanceTimersByTime(10);
    }
    // VS Code asks 250 ms after the last word: it gets to it between two of these.
    expect(tell).toHaveBeenCalledTimes(3);
  });

  it('not for the predictions of a text that the editor has not asked about yet', () => {
    const { pace, tell } = paceOf(2);
    pace.predicted(file, true);
    pace.give(file, 1);
    pace.predicted(file, true);
    vi.runAllTimers();
    expect(tell).not.toHaveBeenCalled();
  });

  it('not at each of many predictions, but at once after the last', () => {
    const { pace, tell } = paceOf(1);
    pace.give(file, 1);
    for (let network = 0; network < 40; network += 1) {
      pace.predicted(file, false);
      vi.advanceTimersByTime(20);
    }
    expect(tell).not.toHaveBeenCalled();
    pace.predicted(file, true);
    expect(tell).toHaveBeenCalledOnce();
    vi.runAllTimers();
    expect(tell).toHaveBeenCalledOnce();
  });

  it('no more once nobody looks', () => {
    const { pace, tell } = paceOf(1);
    pace.soon();
    pace.dispose();
    vi.runAllTimers();
    expect(tell).not.toHaveBeenCalled();
  });
});
