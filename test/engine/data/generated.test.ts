import { describe, expect, test } from 'vitest';
import { describeData } from '../../../src/engine/data/prepare.ts';
// scikit-learn's make_moons and make_circles written out with numpy: test/fixtures/data/make.py.
import planar from '../../fixtures/data/planar.json' with { type: 'json' };
import { failureOf, inputOf, measures, prepared, rowsOf, settingsOf } from './settings.ts';

const plane = inputOf([2]);

function byCoordinates(a: readonly number[], b: readonly number[]): number {
  return a[2] - b[2] || a[0] - b[0] || a[1] - b[1];
}

describe.each(['moons', 'circles'] as const)('%s', (kind) => {
  test.each([2, 7, 10])('stand where scikit-learn puts them: %d samples', (samples) => {
    const common = { samples, noise: 0 };
    const data = prepared(
      kind === 'moons' ? { kind, ...common, classes: 2 } : { kind, ...common, factor: 0.8 },
      plane,
    );
    const points = rowsOf(data.inputs, 2).map((point, index) => [...point, data.targets[index]]);
    // Rounded to the fixture's last common digits, so that −1e-17 and 6e-17 sort alike.
    const rounded = (rows: readonly (readonly number[])[]) =>
      rows.map((row) => row.map((x) => Math.round(x * 1e12) / 1e12 + 0)).sort(byCoordinates);
    expect(rounded(points)).toEqual(rounded(planar[kind][String(samples) as '2']));
    expect(data.target).toEqual({ type: 'classes', classes: 2 });
  });
});

test('noise moves both coordinates by so much', () => {
  const still = prepared({ kind: 'moons', samples: 4000, noise: 0, classes: 2 }, plane);
  const moved = prepared({ kind: 'moons', samples: 4000, noise: 0.1, classes: 2 }, plane);
  const squares = moved.inputs.reduce((sum, x, index) => sum + (x - still.inputs[index]) ** 2, 0);
  // Five standard errors of a deviation from 8,000 draws.
  expect(Math.abs(Math.sqrt(squares / 8000) / 0.1 - 1)).toBeLessThan(5 / Math.sqrt(2 * 8000));
});

test('samples come in random order', () => {
  const { targets } = prepared({ kind: 'moons', samples: 1000, noise: 0.1, classes: 2 }, plane);
  const firstHalf = targets.subarray(0, 500).reduce((sum, label) => sum + label, 0);
  // Hypergeometric: 250 ± 5 · 7.9.
  expect(Math.abs(firstHalf - 250)).toBeLessThan(40);
});

test('blobs are normal clouds of equal size around centres within ±10', () => {
  const classes = 3;
  const { inputs, targets } = prepared(
    { kind: 'blobs', samples: 3000, classes, deviation: 2, features: 2 },
    plane,
  );
  for (let label = 0; label < classes; label++) {
    const cloud = rowsOf(inputs, 2).filter((_, sample) => targets[sample] === label);
    expect(cloud.length).toBe(1000);
    for (const feature of [0, 1]) {
      const mean = cloud.reduce((sum, point) => sum + point[feature], 0) / cloud.length;
      const variance = cloud.reduce((sum, point) => sum + (point[feature] - mean) ** 2, 0) / cloud.length;
      expect(Math.abs(mean)).toBeLessThan(10 + 5 * (2 / Math.sqrt(1000)));
      expect(Math.abs(Math.sqrt(variance) / 2 - 1)).toBeLessThan(5 / Math.sqrt(2000));
    }
  }
});

test('xor has class 1 where exactly one coordinate is 1', () => {
  const { inputs, targets } = prepared({ kind: 'xor', samples: 8, noise: 0, classes: 2 }, plane);
  const points = rowsOf(inputs, 2).map(([x, y], sample) => `${x} ${y} ${targets[sample]}`);
  expect(points.toSorted((a, b) => a.localeCompare(b))).toEqual([
    '0 0 0',
    '0 0 0',
    '0 1 1',
    '0 1 1',
    '1 0 1',
    '1 0 1',
    '1 1 0',
    '1 1 0',
  ]);
});

test('spirals: the radius grows with the angle from the arm’s start, and arms are turned by equal parts', () => {
  const { inputs, targets, target } = prepared({ kind: 'spirals', samples: 30, noise: 0, classes: 3 }, plane);
  expect(target).toEqual({ type: 'classes', classes: 3 });
  rowsOf(inputs, 2).forEach(([x, y], sample) => {
    const radius = Math.hypot(x, y);
    const angle = Math.atan2(y, x);
    const fromStart = angle / (2 * Math.PI) - targets[sample] / 3 - radius;
    expect(Math.abs(fromStart - Math.round(fromStart))).toBeLessThan(1e-12);
  });
});

test('parity counts the ones', () => {
  const { inputs, targets } = prepared({ kind: 'parity', samples: 50, bits: 5 }, inputOf([5]));
  rowsOf(inputs, 5).forEach((bits, sample) => {
    expect(bits.every((bit) => bit === 0 || bit === 1)).toBe(true);
    expect(targets[sample]).toBe(bits.filter((bit) => bit === 1).length % 2);
  });
  expect(new Set(targets).size).toBe(2);
});

test('sine is the mean of one wave per feature', () => {
  const { inputs, targets } = prepared(
    { kind: 'sine', samples: 20, noise: 0, features: 2 },
    plane,
    new Map(),
    measures(1),
  );
  rowsOf(inputs, 2).forEach(([x, y], sample) => {
    const expected = (Math.sin(Math.PI * x) + Math.sin(Math.PI * y)) / 2;
    expect(Math.abs(targets[sample] - expected)).toBeLessThan(1e-14);
  });
});

test('linear is a product with a direction of length 1', () => {
  const { inputs, targets } = prepared(
    { kind: 'linear', samples: 200, noise: 0, features: 1 },
    inputOf([1]),
    new Map(),
    measures(1),
  );
  expect(targets).toEqual(inputs);
  const wide = prepared(
    { kind: 'linear', samples: 20_000, noise: 0.5, features: 8 },
    inputOf([8]),
    new Map(),
    measures(1),
  );
  const mean = wide.targets.reduce((sum, y) => sum + y, 0) / 20_000;
  const variance = wide.targets.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 20_000;
  // 1 + noise², five standard errors of a variance.
  expect(Math.abs(variance / 1.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
});

test('teacher answers for the shape and size of the network, and stays the same however many ask', () => {
  const settings = { kind: 'teacher', noise: 0, hidden: 4 } as const;
  const ask = (samples: number) =>
    prepared({ ...settings, samples }, inputOf([5, 2]), new Map(), measures(3));
  const [few, many] = [ask(20), ask(50)];
  expect(many.target).toEqual({ type: 'values', size: 3 });
  expect(many.inputs.subarray(0, 20 * 10)).toEqual(few.inputs);
  expect(many.targets.subarray(0, 20 * 3)).toEqual(few.targets);
  expect(new Set(many.targets).size).toBe(50 * 3);
  // V tanh(Wx) with deviation 1 of x and of V's rows: below 1, and far from 0.
  const meanSquare = many.targets.reduce((sum, y) => sum + y * y, 0) / many.targets.length;
  expect(meanSquare).toBeGreaterThan(0.05);
  expect(meanSquare).toBeLessThan(2);
});

describe('gaussian follows the network', () => {
  test.each([
    { loss: 'mse', outputShape: [3], target: { type: 'values', size: 3 } },
    { loss: 'mse', outputShape: [4, 3], target: { type: 'values', size: 12 } },
    { loss: 'cross_entropy', outputShape: [3], target: { type: 'classes', classes: 3 } },
    { loss: 'cross_entropy', outputShape: [4, 3], target: { type: 'classes', classes: 3, rows: 4 } },
    { loss: 'bce_with_logits', outputShape: [1], target: { type: 'classes', classes: 2 } },
  ] as const)('$loss on $outputShape', ({ loss, outputShape, target }) => {
    const data = prepared({ kind: 'gaussian', classes: undefined }, inputOf([1, 4, 4]), new Map(), {
      loss,
      outputShape,
    });
    expect(data.target).toEqual(target);
    expect(data.inputs.length).toBe(160);
  });

  test('tokens where it takes tokens', () => {
    const { inputs } = prepared({ kind: 'gaussian', samples: 100, classes: 2 }, inputOf([6], 5));
    expect(new Set(inputs)).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});

test('adding marks one number in each half and asks for their sum', () => {
  const length = 9;
  const { inputs, targets } = prepared(
    { kind: 'adding', samples: 200, length, classes: 0 },
    inputOf([length, 2]),
    new Map(),
    measures(1),
  );
  rowsOf(inputs, 2 * length).forEach((row, sample) => {
    const steps = Array.from({ length }, (_, step) => ({
      value: row[2 * step],
      marker: row[2 * step + 1],
    }));
    const marked = steps.map(({ marker }, step) => (marker === 1 ? step : -1)).filter((step) => step >= 0);
    expect(marked.length).toBe(2);
    expect(marked[0]).toBeLessThan(4);
    expect(marked[1]).toBeGreaterThanOrEqual(4);
    expect(steps.every(({ value }) => value >= 0 && value < 1)).toBe(true);
    expect(targets[sample]).toBe(steps[marked[0]].value + steps[marked[1]].value);
  });
  // Arjovsky, Shah & Bengio 2016: always answering 1 has the mean squared error ⅙ = 0.167.
  const many = prepared(
    { kind: 'adding', samples: 20_000, length: 4, classes: 0 },
    inputOf([4, 2]),
    new Map(),
    measures(1),
  );
  const error = many.targets.reduce((sum, y) => sum + (y - 1) ** 2, 0) / 20_000;
  expect(Math.abs(error - 1 / 6)).toBeLessThan(5 * Math.sqrt(7 / 180 / 20_000));
});

describe('copy', () => {
  const answersAt = (steps: number) => ({ loss: 'cross_entropy', outputShape: [steps, 9] }) as const;

  test.each([
    { length: 30, symbols: 10 },
    { length: 21, symbols: 10 },
    { length: 8, symbols: 3 },
    { length: 3, symbols: 1 },
  ])('shows $symbols symbols and asks for them at the end of $length steps', ({ length, symbols }) => {
    const classes = 8;
    const data = prepared(
      { kind: 'copy', samples: 20, length, classes },
      inputOf([length], classes + 2),
      new Map(),
      answersAt(length),
    );
    expect(data.target).toEqual({ type: 'classes', classes: classes + 1, rows: length });
    rowsOf(data.inputs, length).forEach((tokens, sample) => {
      const answer = [...data.targets.subarray(sample * length, (sample + 1) * length)];
      const shown = tokens.slice(0, symbols);
      const blanks = (count: number) => Array.from({ length: count }, () => classes);
      expect(shown.every((token) => token < classes)).toBe(true);
      expect(tokens).toEqual([
        ...shown,
        ...blanks(length - 2 * symbols - 1),
        classes + 1,
        ...blanks(symbols),
      ]);
      expect(answer).toEqual([...blanks(length - symbols), ...shown]);
    });
  });

  test('fits a larger vocabulary and says which one it needs', () => {
    const settings = { kind: 'copy', length: 64, classes: 8 } as const;
    expect(prepared(settings, inputOf([64], 27), new Map(), answersAt(64)).inputs.length).toBe(640);
    expect(failureOf(settings, inputOf([64], 9))).toBe(
      '3: data-shape: `data copy` has samples for `input 64 vocab=10`, not for `input 64 vocab=9`.',
    );
    expect(failureOf(settings, inputOf([64]))).toContain('not for `input 64`.');
  });
});

test('recall asks for the value of one of the keys', () => {
  const classes = 5;
  const data = prepared({ kind: 'recall', samples: 40, length: 9, classes }, inputOf([9], 11));
  rowsOf(data.inputs, 9).forEach((tokens, sample) => {
    const pairs = [0, 2, 4].map((step) => [tokens[step], tokens[step + 1]] as const);
    expect(new Set(pairs.map(([key]) => key)).size).toBe(3);
    expect(pairs.every(([key, value]) => key < classes && value >= classes && value < 2 * classes)).toBe(
      true,
    );
    expect(tokens.slice(6, 8)).toEqual([10, 10]);
    const [[, value]] = pairs.filter(([key]) => key === tokens[8]);
    expect(data.targets[sample]).toBe(value - classes);
  });
});

test('an output that does not fit is named with what the data has', () => {
  const xor = { kind: 'xor', noise: 0, classes: 2 } as const;
  expect(failureOf(xor, plane, new Map(), { loss: 'cross_entropy', outputShape: [1] })).toBe(
    '3: loss-shape: `cross_entropy` wants one output a class: `data xor` has 2, but the network gives 1.',
  );
  expect(failureOf({ kind: 'copy', length: 5, classes: 3 }, inputOf([5], 5))).toMatch(
    /^3: loss-shape: .*each of its 5/,
  );
});

test('the same seed gives the same bits, another seed other samples', () => {
  const draw = (seed: number) => prepared({ kind: 'moons', seed, noise: 0.1, classes: 2 }, plane);
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1).inputs).not.toEqual(draw(2).inputs);
});

test('a shape that does not fit is named with the one that would', () => {
  expect(failureOf({ kind: 'moons', noise: 0, classes: 2 }, inputOf([3]))).toBe(
    '3: data-shape: `data moons` has samples for `input 2`, not for `input 3`.',
  );
  expect(failureOf({ kind: 'adding', length: 50, classes: 0 }, inputOf([2, 50]))).toBe(
    '3: data-shape: `data adding` has samples for `input 50x2`, not for `input 2x50`.',
  );
});

test('describing draws nothing and agrees with what is drawn', () => {
  const settings = settingsOf({ kind: 'copy', length: 12, classes: 3 });
  expect(describeData(settings, new Map(), inputOf([12], 5), measures(1))).toEqual({
    ok: true,
    facts: {
      inputShape: [12],
      vocabulary: 5,
      target: { type: 'classes', classes: 4, rows: 12 },
      samples: 10,
    },
  });
});
