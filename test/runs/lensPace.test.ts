import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LensPace } from '../../src/runs/lensPace.ts';

const file = 'file:///n.vgnet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function paceOf(version: number | undefined) {
  const tell = vi.fn<() => void>();
  return { pace: new LensPace({ tell, versionOf: () => version }), tell };
}

/** An editor that asks once it has heard no further word for so many milliseconds. */
function askedBy(wait: number) {
  const questions = vi.fn<() => void>();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const pace = new LensPace({
    tell: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        questions();
        pace.give(file, 1);
      }, wait);
    },
    versionOf: () => 1,
  });
  return { pace, questions };
}

describe('lenses are asked for anew', () => {
  it('at once for what a person waits for', () => {
    const { pace, tell } = paceOf(1);
    pace.now();
    expect(tell).toHaveBeenCalledOnce();
  });

  it.each([
    { wait: 250, asked: 9 },
    { wait: 2500, asked: 3 },
    { wait: 5000, asked: 1 },
  ])(
    'where something goes on all the time, by an editor that waits $wait ms for another word',
    ({ wait, asked }) => {
      const { pace, questions } = askedBy(wait);
      for (let passed = 0; passed < 15_000; passed += 10) {
        pace.soon();
        vi.advanceTimersByTime(10);
      }
      expect(questions.mock.calls.length).toBeGreaterThanOrEqual(asked);
    },
  );

  it('again where the editor has forgotten a word, and at once for what a person waits for', () => {
    const { pace, tell } = paceOf(1);
    pace.now();
    for (let passed = 0; passed < 1900; passed += 10) {
      pace.soon();
      vi.advanceTimersByTime(10);
    }
    expect(tell).toHaveBeenCalledTimes(1);
    pace.now();
    expect(tell).toHaveBeenCalledTimes(2);
    for (let passed = 0; passed < 3500; passed += 10) {
      pace.soon();
      vi.advanceTimersByTime(10);
    }
    expect(tell).toHaveBeenCalledTimes(3);
  });

  it.each([250, 900, 2000])(
    'while one network after the other ends, by an editor that waits %i ms for another word',
    (wait) => {
      const { pace, questions } = askedBy(wait);
      for (let passed = 0; passed < 8000; passed += 100) {
        pace.now();
        vi.advanceTimersByTime(100);
      }
      expect(questions).toHaveBeenCalled();
      const before = questions.mock.calls.length;
      vi.advanceTimersByTime(8000);
      // The last of them is not lost.
      expect(questions.mock.calls.length).toBeGreaterThan(before);
    },
  );

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
