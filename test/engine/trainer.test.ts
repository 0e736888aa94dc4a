/** Runs as the worker and the command line see them. */
import { describe, expect, test } from 'vitest';
import type { CheckedNetwork, TrainSettings } from '../../src/language/network.ts';
import { prepareRun, type Advance, type Run } from '../../src/engine/trainer.ts';
import { joinRows } from '../../src/protocol/rows.ts';
import {
  histogramBins,
  recordedQuantities,
  type RecordedQuantity,
  type RecordedRows,
} from '../../src/engine/recording.ts';
import { chain, networkOf } from './networks.ts';
import { dense } from './sketches.ts';

const memoryLimit = 2 ** 31;

/** Two hidden layers on xor's four corners with noise; batches of 8 out of 30 training samples. */
function smallNetwork(train: Partial<TrainSettings> = {}, samples = 40): CheckedNetwork {
  const layers = chain([2], [dense('a', [2], 6, 'relu'), dense('b', [6], 5, 'tanh'), dense('c', [5], 1)]);
  const network = networkOf([2], layers, {
    loss: 'bce_with_logits',
    batch: 8,
    duration: { steps: 25 },
    ...train,
  });
  return {
    ...network,
    data: {
      ...network.data,
      kind: 'xor',
      noise: 0.1,
      classes: 2,
      samples,
      split: 0.75,
      seed: 3,
    },
  };
}

function start(network: CheckedNetwork, fastMath = false): Run {
  const prepared = prepareRun(network, new Map(), { memoryLimit, fastMath });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.run;
}

/** Everything that a run yields until it ends. */
function toEnd(run: Run): readonly Advance[] {
  const slices: Advance[] = [];
  do slices.push(run.advance(5));
  while (slices.at(-1).end === undefined);
  return slices;
}

function losses(run: Run): number[] {
  return toEnd(run).flatMap(({ rows }) => [...rows.loss]);
}

function quantity(
  slices: readonly Advance[],
  layers: number,
  layer: number,
  name: RecordedQuantity,
): number[] {
  const place = layer * recordedQuantities.length + recordedQuantities.indexOf(name);
  return slices.flatMap(({ rows }) =>
    Array.from(rows.steps, (_, row) => rows.values[row * layers * recordedQuantities.length + place]),
  );
}

describe('a run', () => {
  test('does the steps that were asked for and ends as completed', () => {
    const run = start(smallNetwork());
    const slices = toEnd(run);
    expect(run.plannedSteps).toBe(25);
    expect(slices.flatMap(({ rows }) => [...rows.steps])).toEqual(
      Array.from({ length: 25 }, (_, step) => step),
    );
    expect(slices.at(-1)!.end).toBe('completed');
    const result = run.finish('completed');
    expect(result.steps).toBe(25);
    expect(result.after!.loss).toBeLessThan(result.before.loss);
  });

  test('counts epochs with the smaller last batch: 30 samples in batches of 8 are 4 steps', () => {
    expect(start(smallNetwork({ duration: { epochs: 3 } })).plannedSteps).toBe(12);
  });

  test.each(['float32', 'float64'] as const)('gives the same bits every time in %s', (precision) => {
    const network = smallNetwork({ precision });
    const all = (): RecordedRows => joinRows(toEnd(start(network)).map(({ rows }) => rows));
    expect(all()).toEqual(all());
  });

  test('takes nearly the same way with fast math, and says so', () => {
    const strict = start(smallNetwork());
    const fast = start(smallNetwork(), true);
    const there = losses(fast);
    // Twenty-five steps of gradient descent spread the last bits of float32 a little.
    losses(strict).forEach((loss, step) => expect(there[step] / loss, `step ${step}`).toBeCloseTo(1, 4));
    expect(strict.notes).toEqual([]);
    expect(fast.notes).toEqual(['computed with fast math: the last digits may differ on another machine']);
  });

  test('takes another way from another seed', () => {
    expect(losses(start(smallNetwork({ seed: 2 })))).not.toEqual(losses(start(smallNetwork({ seed: 1 }))));
  });

  test('lists the layers with parameters from input to output', () => {
    expect(start(smallNetwork()).layers).toEqual([
      { name: 'a', kind: 'dense', parameters: 18, line: 2, activation: 'relu' },
      { name: 'b', kind: 'dense', parameters: 35, line: 3, activation: 'tanh' },
      { name: 'c', kind: 'dense', parameters: 6, line: 4 },
    ]);
  });

  test('keeps every n-th row, and all histograms stay bounded', () => {
    const network = smallNetwork({ duration: { steps: 1000 } });
    const slices = toEnd(start({ ...network, analyze: { ...network.analyze, every: 100 } }));
    expect(slices.flatMap(({ rows }) => [...rows.steps])).toEqual([
      0, 100, 200, 300, 400, 500, 600, 700, 800, 900,
    ]);
    const histograms = slices.flatMap((slice) => slice.histograms);
    expect(histograms.length).toBeLessThanOrEqual(128);
    expect(histograms.length).toBeGreaterThan(100);
  });

  test('counts every entry of every gradient once in its histograms', () => {
    const run = start(smallNetwork());
    const [histogram] = toEnd(run)[0].histograms;
    const bins = histogram.counts.length / run.layers.length;
    run.layers.forEach(({ parameters }, layer) => {
      const counts = histogram.counts.subarray(layer * bins, (layer + 1) * bins);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(parameters);
    });
  });

  test('counts every entry once also where infinity times zero has reached the padding', () => {
    const optimizer = { name: 'sgd', lr: 1e30, momentum: 0, nesterov: false, weightDecay: 0 } as const;
    const run = start(smallNetwork({ optimizer, loss: 'mse' }));
    const histograms = toEnd(run).flatMap((slice) => slice.histograms);
    const bins = histogramBins;
    const notFinite = run.layers.map((_, layer) => histograms.at(-1).counts[(layer + 1) * bins - 1]);
    expect(Math.max(...notFinite)).toBeGreaterThan(0);
    run.layers.forEach(({ parameters }, layer) => {
      const counts = histograms.at(-1).counts.subarray(layer * bins, (layer + 1) * bins);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(parameters);
    });
  });

  test('that diverges ends so and keeps the row in which it did', () => {
    const optimizer = { name: 'sgd', lr: 1e30, momentum: 0, nesterov: false, weightDecay: 0 } as const;
    const run = start(smallNetwork({ optimizer, loss: 'mse' }));
    const slices = toEnd(run);
    expect(slices.at(-1)!.end).toBe('diverged');
    const steps = slices.flatMap(({ rows }) => [...rows.steps]);
    expect(steps.length).toBeLessThan(25);
    expect(steps).toEqual(steps.map((_, step) => step));
    const norms = quantity(slices, 3, 0, 'norm');
    expect(Number.isFinite(slices.at(-1)!.rows.loss.at(-1)) && Number.isFinite(norms.at(-1))).toBe(false);
    const result = run.finish('diverged');
    expect(result.after).toBeUndefined();
    expect(result.steps).toBe(steps.length);
  });

  test('that would not fit is refused with what it needs, before anything is allocated', () => {
    const layers = chain(
      [2],
      [dense('wide', [2], 60_000), dense('wider', [60_000], 60_000), dense('out', [60_000], 1)],
    );
    const prepared = prepareRun(networkOf([2], layers, {}), new Map(), { memoryLimit });
    expect(prepared).toMatchObject({ ok: false, failure: { rule: 'memory-limit', line: 1 } });
    // 3.6e9 weights and as many gradients of eight bytes are 54,932 MiB.
    expect(prepared.ok ? '' : prepared.failure.message).toMatch(
      /needs 54,9\d\d MiB of memory to train, more than the 2,048 MiB allowed/,
    );
  });

  test('can be stopped before its first step', () => {
    const result = start(smallNetwork()).finish('stopped');
    expect(result.steps).toBe(0);
    expect(result.after).toEqual(result.before);
  });

  test('hands out its weights under PyTorch’s names', () => {
    const weights = start(smallNetwork()).weights();
    expect(weights.map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      'a.weight 6x2',
      'a.bias 6',
      'b.weight 5x6',
      'b.bias 5',
      'c.weight 1x5',
      'c.bias 1',
    ]);
  });
});

describe('clipping', () => {
  test('leaves the recorded gradient as it was and bounds what is taken of it', () => {
    const sgd = { name: 'sgd', lr: 1, momentum: 0, nesterov: false, weightDecay: 0 } as const;
    const max = 1e-3;
    const run = start(smallNetwork({ optimizer: sgd, clip: { by: 'norm', max }, precision: 'float64' }));
    const slices = toEnd(run);
    const layers = [0, 1, 2];
    const total = (name: RecordedQuantity): number =>
      Math.hypot(...layers.map((layer) => quantity(slices, 3, layer, name)[0]));
    const free = toEnd(start(smallNetwork({ optimizer: sgd, precision: 'float64' })));
    expect(quantity(slices, 3, 0, 'norm')[0]).toBe(quantity(free, 3, 0, 'norm')[0]);
    const moved = layers.map(
      (layer) => quantity(slices, 3, layer, 'speed')[0] * quantity(slices, 3, layer, 'parameterNorm')[0],
    );
    // torch.nn.utils.clip_grad_norm_: max / (norm + 1e-6).
    expect(Math.hypot(...moved)).toBeCloseTo((max * total('norm')) / (total('norm') + 1e-6), 12);
  });
});
