/** Every layer's gradients against central differences of the loss, in float64. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivationName, LossName, Shape } from '../../src/language/network.ts';
import { largestDeviation } from './finiteDifferences.ts';
import { chain, type LayerSketch } from './networks.ts';
import {
  act,
  attention,
  conv,
  dense,
  dropout,
  embedding,
  flatten,
  globalPool,
  norm,
  pool,
  position,
  recurrent,
  residual,
} from './sketches.ts';

const tolerance = 1e-6;

/** Smooth ones: a difference across a kink would not be a derivative. */
const smooth: readonly ActivationName[] = [
  'linear',
  'sigmoid',
  'tanh',
  'gelu',
  'gelu_tanh',
  'silu',
  'mish',
  'softplus',
  'softsign',
  'exponential',
  'softmax',
];
const kinked: readonly ActivationName[] = [
  'relu',
  'leaky_relu',
  'elu',
  'selu',
  'hard_tanh',
  'hard_sigmoid',
  'hard_swish',
  'relu6',
];

/** A chain that knows its shapes: each maker is given the shape so far and the position of the layer before. */
type Maker = (shape: Shape, name: string, previous: number) => readonly LayerSketch[];

function build(input: Shape, makers: readonly Maker[]): readonly LayerSketch[] {
  const sketches: LayerSketch[] = [];
  let shape = input;
  makers.forEach((make, index) => {
    sketches.push(...make(shape, `l${index}`, sketches.length - 1));
    shape =
      (sketches.findLast((sketch) => sketch['outputShape'] !== undefined)?.['outputShape'] as
        Shape | undefined) ?? shape;
  });
  return sketches;
}

/** Layers that keep the number of dimensions. */
const onAny: Readonly<Record<string, Maker>> = {
  'activation': (_, name) => [act(name, 'tanh')],
  'shared activation': (shape, name, previous) => [
    act(`${name}a`, 'sigmoid'),
    { kind: 'add', name, inputs: [previous + 1, previous], outputShape: shape },
  ],
  'dropout': (_, name) => [dropout(name, 0.3)],
  'batchnorm': (shape, name) => [norm('batchnorm', name, shape)],
  'layernorm': (shape, name) => [norm('layernorm', name, shape)],
  'rmsnorm': (shape, name) => [norm('rmsnorm', name, shape)],
  'concat': (shape, name, previous) => {
    const place = shape.length === 3 ? 0 : shape.length - 1;
    const outputShape = shape.map((size, index) => (index === place ? 2 * size : size));
    return [
      act(`${name}a`, 'softsign'),
      { kind: 'concat', name, inputs: [previous + 1, previous], outputShape },
    ];
  },
};

const onVectors: Readonly<Record<string, Maker>> = {
  ...onAny,
  'dense': (shape, name) => [dense(name, shape, 5, 'silu')],
  'dense without bias': (shape, name) => [dense(name, shape, 9, 'linear', false)],
  'residual': (shape, name, previous) => [
    dense(`${name}a`, shape, shape[0], 'gelu'),
    residual(name, previous + 1, previous, shape, shape),
  ],
  'projected residual': (shape, name, previous) => [
    dense(`${name}a`, shape, 6, 'tanh'),
    residual(name, previous + 1, previous, [6], shape),
  ],
};

const onSequences: Readonly<Record<string, Maker>> = {
  ...onAny,
  'dense': (shape, name) => [dense(name, shape, 5, 'silu')],
  'conv': (shape, name) => [conv(name, shape, 3, 3, { padding: 2, dilation: 2 }, 'tanh')],
  'strided conv': (shape, name) => [conv(name, shape, 4, 3, { stride: 2, padding: 1 })],
  'maxpool': (shape, name) => [pool('maxpool', name, shape, 3, { stride: 1, padding: 1 })],
  'avgpool': (shape, name) => [pool('avgpool', name, shape, 2, { stride: 1 })],
};

const onImages: Readonly<Record<string, Maker>> = {
  ...onAny,
  'conv': (shape, name) => [conv(name, shape, 3, 3, { padding: 1 }, 'mish')],
  'strided conv': (shape, name) => [conv(name, shape, 10, 2, { stride: 2, padding: 1 })],
  'dilated conv': (shape, name) => [conv(name, shape, 2, 2, { padding: 1, dilation: 2 })],
  'maxpool': (shape, name) => [pool('maxpool', name, shape, 2, { stride: 1 })],
  'avgpool': (shape, name) => [pool('avgpool', name, shape, 3, { stride: 2, padding: 1 })],
  'residual': (shape, name, previous) => [
    conv(`${name}a`, shape, shape[0], 3, { padding: 1 }, 'tanh'),
    residual(name, previous + 1, previous, shape, shape),
  ],
  'projected residual': (shape, name, previous) => [
    conv(`${name}a`, shape, 9, 3, { padding: 1 }),
    residual(name, previous + 1, previous, [9, ...shape.slice(1)], shape),
  ],
};

const ends: Readonly<Record<number, readonly Maker[]>> = {
  1: [(shape, name) => [dense(name, shape, 3)]],
  2: [
    (shape, name) => [dense(name, shape, 3)],
    (shape, name) => [flatten(name, shape)],
    (shape, name) => [globalPool(name, shape)],
    (shape, name) => [recurrent('lstm', name, shape, 4, 'last')],
    (shape, name) => [recurrent('gru', name, shape, 4, 'last')],
  ],
  3: [(shape, name) => [flatten(name, shape)], (shape, name) => [globalPool(name, shape)]],
};

const families = [
  {
    title: 'vectors',
    input: [7],
    start: (shape: Shape, name: string) => [dense(name, shape, 6)],
    makers: onVectors,
  },
  {
    title: 'sequences',
    input: [6, 3],
    start: (shape: Shape, name: string) => [dense(name, shape, 4)],
    makers: onSequences,
  },
  {
    title: 'images',
    input: [2, 5, 4],
    start: (shape: Shape, name: string) => [conv(name, shape, 3, 1, {})],
    makers: onImages,
  },
] as const;

describe('the gradient equals the difference quotient', () => {
  test.each([...smooth, ...kinked])('of %s', (name) => {
    const input = [4];
    const sketches = build(input, [
      (shape, label) => [dense(label, shape, 5, name)],
      (shape, label) => [dense(label, shape, 3)],
    ]);
    expect(largestDeviation(input, chain(input, sketches), 'mse', 3)).toBeLessThan(tolerance);
  });

  test.each<LossName>(['mse', 'huber', 'bce_with_logits', 'cross_entropy'])('of the loss %s', (loss) => {
    const input = [4];
    const sketches = build(input, [
      (shape, label) => [dense(label, shape, 5, 'tanh')],
      (shape, label) => [dense(label, shape, 3)],
    ]);
    expect(largestDeviation(input, chain(input, sketches), loss, 4)).toBeLessThan(tolerance);
  });

  test('of an embedding under a transformer', () => {
    const input = [6];
    const shape = [6, 4];
    const sketches = [
      embedding('e', input, 5, 4),
      position('p', shape),
      norm('layernorm', 'n', shape),
      attention('a', shape, 2, true),
      residual('r', 3, 1, shape, shape),
      dense('o', shape, 3),
    ];
    expect(largestDeviation(input, chain(input, sketches), 'cross_entropy', 6, 5)).toBeLessThan(tolerance);
  });

  for (const { title, input, start, makers } of families) {
    test.each(Object.entries(makers))(`of %s on ${title}`, (_, maker) => {
      const sketches = build(input, [start, maker, maker, ends[input.length][0]]);
      expect(largestDeviation(input, chain(input, sketches), 'mse', 5)).toBeLessThan(tolerance);
    });

    test(`of random networks on ${title}`, () => {
      const anyMaker = fc.constantFrom(...Object.values(makers));
      const anyEnd = fc.constantFrom(...ends[input.length]);
      fc.assert(
        fc.property(
          fc.array(anyMaker, { minLength: 1, maxLength: 4 }),
          anyEnd,
          fc.nat(1000),
          (layers, end, seed) => {
            const sketches = build(input, [start, ...layers, end]);
            expect(largestDeviation(input, chain(input, sketches), 'mse', seed)).toBeLessThan(tolerance);
          },
        ),
        { seed: 2, numRuns: 25 },
      );
    });
  }
});
