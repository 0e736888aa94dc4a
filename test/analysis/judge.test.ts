import { describe, expect, it, test } from 'vitest';
import type { FindingId, VerdictKind } from '../../src/analysis/verdict.ts';
import { judged, shrinking, stalled } from './judged.ts';
import type { SampleRun } from './sampleRun.ts';

// What each made-up run must be called follows from the definitions of the verdicts; the numbers are chosen so that
// exactly one definition fits.
const table: [string, SampleRun, VerdictKind][] = [
  ['norms alike, the loss falls', {}, 'healthy'],
  [
    'norms shrink 30 times per layer, nothing is learned',
    { ...stalled, quantities: { norm: shrinking(30) } },
    'vanishing',
  ],
  ['the same, but it learns', { quantities: { norm: shrinking(30) } }, 'healthy'],
  [
    'weight gradients alike, errors shrink tenfold per layer',
    { ...stalled, layers: 6, quantities: { error: shrinking(10, 1, 6) } },
    'vanishing',
  ],
  [
    'errors shrink tenfold in all, which is ordinary',
    { ...stalled, layers: 6, quantities: { error: shrinking(1.6, 1, 6) } },
    'healthy',
  ],
  [
    'a linear chain whose errors shrink and whose norms are all alike and tiny',
    { ...stalled, activation: 'linear', layers: 6, quantities: { norm: 1e-6, error: shrinking(10, 1, 6) } },
    'uniformly-small',
  ],
  ['every norm 1e-6, nothing is learned', { ...stalled, quantities: { norm: 1e-6 } }, 'uniformly-small'],
  [
    'every norm 1e-6 at the end, the loss is at its floor',
    {
      quantities: { norm: (_, time) => 0.1 * 10 ** (-6 * time) },
      losses: (time) => 0.7 * Math.exp(-20 * time),
    },
    'converged',
  ],
  [
    'every gradient exactly 0 at the end, the loss is at its floor',
    {
      quantities: { norm: (_, time) => (time < 0.5 ? 0.1 : 0) },
      losses: (time) => 0.7 * Math.exp(-20 * time),
    },
    'converged',
  ],
  [
    'norms grow 20 times per layer, nothing is learned',
    { ...stalled, quantities: { norm: shrinking(1 / 20) } },
    'exploding',
  ],
  [
    'a first layer 30 times the last one',
    { ...stalled, quantities: { norm: shrinking(1 / 3.1) } },
    'healthy',
  ],
  [
    'norms above 1e3, the loss got worse',
    { losses: (time) => 0.7 + 100 * time, quantities: { norm: 1e5 } },
    'exploding',
  ],
  [
    'norms above 1e3, but the loss falls',
    { losses: (time) => 1e4 * (1 - time), constantLoss: 1e4, quantities: { norm: 2e3 } },
    'healthy',
  ],
  [
    'a layer without a living rectifier',
    {
      ...stalled,
      activation: 'relu',
      dead: (layer) => (layer === 1 ? 1 : 0.2),
      quantities: { norm: (layer) => (layer < 2 ? 0 : 0.1) },
    },
    'dead-units',
  ],
  [
    'narrow layers with two units left of five, gradients as good as gone',
    {
      ...stalled,
      activation: 'relu',
      dead: (layer) => (layer === 1 ? 0.6 : 0.2),
      quantities: { norm: 1e-9 },
    },
    'dead-units',
  ],
  [
    'the same narrow layers in a network whose gradients are of a good size',
    { ...stalled, activation: 'relu', dead: (layer) => (layer === 1 ? 0.6 : 0.2) },
    'healthy',
  ],
  ['half of the rectifiers dead, and it learns', { activation: 'relu', dead: () => 0.5 }, 'healthy'],
  [
    'all parameters zero, so that nothing passes',
    {
      ...stalled,
      quantities: {
        norm: (layer) => (layer === 3 ? 0.1 : 0),
        parameterNorm: (layer) => (layer === 3 ? 1 : 0),
      },
    },
    'dead-units',
  ],
  [
    'gradients that fell to nothing at the level of the constant answer',
    { ...stalled, quantities: { norm: (_, time) => 0.1 * 10 ** (-6 * time) } },
    'inconclusive',
  ],
  [
    'outputs of linear units are zero: those are not rectifiers',
    { ...stalled, activation: 'linear', dead: () => 1 },
    'healthy',
  ],
  [
    'entries below the smallest normal number, no dead unit',
    {
      ...stalled,
      layers: 6,
      quantities: { norm: shrinking(1e9, 0.1, 6) },
      entries: (layer) => shrinking(1e9, 0.1, 6)(layer),
    },
    'underflow',
  ],
  [
    'the loss becomes infinite',
    { end: 'diverged', losses: (time) => (time < 0.5 ? 0.7 : Infinity) },
    'diverged',
  ],
  [
    'a gradient becomes not a number',
    { quantities: { norm: (layer, time) => (layer === 1 && time > 0.9 ? NaN : 0.1) } },
    'diverged',
  ],
  [
    'softmax over one unit',
    { ...stalled, outputActivation: 'softmax', loss: 'mse', quantities: { norm: 0 } },
    'loss-mismatch',
  ],
  [
    'cross_entropy over one logit',
    { ...stalled, loss: 'cross_entropy', quantities: { norm: 0 } },
    'loss-mismatch',
  ],
  ['sigmoid before a loss on logits', { outputActivation: 'sigmoid' }, 'loss-mismatch'],
  [
    'an error that shrinks through time, nothing is learned',
    { ...stalled, timeErrors: Array.from({ length: 30 }, (_, step) => 0.7 ** (29 - step)) },
    'vanishing',
  ],
  [
    'an error that grows through time, nothing is learned',
    { ...stalled, timeErrors: Array.from({ length: 30 }, (_, step) => 1.5 ** (29 - step)) },
    'exploding',
  ],
];

test.each(table)('%s: %#', (_, run, kind) => {
  expect(judged(run).verdict.kind).toBe(kind);
});

test('rectifiers that cut a layer off are dead though a few of them still fire', () => {
  const cutOff: SampleRun = {
    ...stalled,
    activation: 'relu',
    quantities: { norm: (layer, time) => (layer < 3 && time > 0.5 ? 0 : 0.1) },
  };
  expect(judged({ ...cutOff, dead: (layer) => (layer === 2 ? 0.5 : 0) }).verdict).toMatchObject({
    kind: 'dead-units',
    layers: ['hidden[3]'],
    message:
      "50 % of the units of hidden[3] are zero for every sample of the data, and no gradient passes those that are left (loss 0.693, the best constant answer's is 0.700)",
  });
  expect(judged({ ...cutOff, dead: () => 0.2 }).verdict.kind).not.toBe('dead-units');
});

describe('runs that show little are told little of', () => {
  test.each<[string, SampleRun, VerdictKind]>([
    ['one step', { rows: 1, quantities: { norm: shrinking(30) } }, 'inconclusive'],
    ['ten steps', { ...stalled, rows: 10 }, 'inconclusive'],
    ['a learning rate of 0', { ...stalled, quantities: { speed: 0, norm: shrinking(30) } }, 'inconclusive'],
    ['stopped after three steps', { ...stalled, rows: 3, end: 'stopped' }, 'inconclusive'],
    ['a constant target', { constantLoss: 0, losses: (time) => 0.7 * Math.exp(-20 * time) }, 'healthy'],
    ['a single layer', { layers: 1 }, 'healthy'],
    [
      'a single layer with small gradients from the beginning',
      { ...stalled, layers: 1, quantities: { norm: 1e-6 } },
      'uniformly-small',
    ],
    ['not finite at step 0', { rows: 1, end: 'diverged', losses: () => NaN }, 'diverged'],
    ['no rows at all', { rows: 0, end: 'stopped' }, 'inconclusive'],
    ['no rows, diverged', { rows: 0, end: 'diverged' }, 'diverged'],
    ['no layer with parameters', { layers: 0 }, 'inconclusive'],
  ])('%s', (_, run, kind) => {
    expect(judged(run).verdict.kind).toBe(kind);
  });

  it('a short run still tells what it starts from', () => {
    const { findings } = judged({ rows: 1, quantities: { norm: shrinking(30) } });
    expect(findings.map((finding) => finding.id)).toEqual(['too-short', 'vanishing-at-initialisation']);
  });
});

describe('findings', () => {
  const ids = (run: SampleRun): FindingId[] => judged(run).findings.map((finding) => finding.id);

  it('the leading one comes first, and the others are not lost', () => {
    const run: SampleRun = {
      ...stalled,
      outputActivation: 'softmax',
      quantities: { norm: shrinking(30) },
      saturation: (layer) => (layer === 0 ? 0.9 : 0),
    };
    expect(ids(run)).toEqual(['loss-mismatch', 'vanishing-gradient', 'stalled', 'saturated-units']);
  });

  it('a network that learns in spite of its start keeps a finding about the start', () => {
    const [finding] = judged({ optimizer: 'adam', quantities: { norm: shrinking(30) } }).findings;
    expect(finding).toMatchObject({ id: 'vanishing-at-initialisation', severity: 'information' });
    expect(finding?.message).toContain('adam makes up for it');
  });

  it('half precision is spoken of while single precision holds', () => {
    expect(ids({ entries: () => 1e-9 })).toEqual(['underflow-half-precision']);
    expect(ids({ entries: () => 1e-3 })).toEqual([]);
  });
});
