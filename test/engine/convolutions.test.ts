/** Convolutions and their two ways back against plain loops over windows, for shapes of every kind. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/engine/graph.ts';
import { Random } from '../../src/engine/random.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { exportGradients, exportParameters } from '../../src/engine/weights.ts';
import type { Shape } from '../../src/language/network.ts';
import { expectNear } from './kernelRuns.ts';
import { chain, networkOf } from './networks.ts';
import { conv, flatten } from './sketches.ts';

interface Case {
  /** Channels x height x width, or time x channels. */
  readonly shape: Shape;
  readonly filters: number;
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly samples: number;
}

const plain = { size: 3, stride: 1, padding: 0, dilation: 1, samples: 3 };

const cases: Readonly<Record<string, Case>> = {
  'an image that is its own frame': { ...plain, shape: [8, 6, 6], filters: 8 },
  'a border': { ...plain, shape: [8, 5, 7], filters: 9, padding: 1 },
  'channels that are padded': { ...plain, shape: [3, 6, 5], filters: 4 },
  'strides that leave a rest': { ...plain, shape: [5, 8, 9], filters: 3, stride: 4, padding: 1 },
  'strides beyond the image': { ...plain, shape: [2, 1, 1], filters: 3, size: 1, stride: 7, padding: 3 },
  'gaps between cells': { ...plain, shape: [4, 9, 8], filters: 5, dilation: 2, padding: 2 },
  'a single pixel': { ...plain, shape: [8, 3, 3], filters: 17, samples: 7 },
  'windows deeper than a panel': { ...plain, shape: [40, 5, 4], filters: 40, padding: 1 },
  'lines longer than a panel is deep': { ...plain, shape: [90, 4, 4], filters: 3, padding: 1 },
  'one piece deeper than a panel': { ...plain, shape: [19, 104], filters: 20, size: 3 },
  'many pixels': { ...plain, shape: [1, 19, 17], filters: 6, padding: 1, samples: 9 },
  'so many weights that threads share them': { ...plain, shape: [72, 6, 5], filters: 33, samples: 5 },
  'a sequence': { ...plain, shape: [11, 3], filters: 4, size: 4, padding: 2, samples: 5 },
  'a sequence with gaps': { ...plain, shape: [14, 8], filters: 4, dilation: 3, stride: 2 },
};

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    shape: fc.oneof(
      fc.tuple(
        fc.integer({ min: 1, max: 18 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
      ),
      fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 18 })),
    ),
    filters: fc.integer({ min: 1, max: 18 }),
    size: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    samples: fc.integer({ min: 1, max: 9 }),
  })
  .filter(({ shape, size, padding, dilation }) =>
    placesOf(shape).every((places) => places + 2 * padding >= dilation * (size - 1) + 1),
  );

function placesOf(shape: Shape): readonly number[] {
  return shape.length === 3 ? shape.slice(1) : shape.slice(0, 1);
}

describe.each([4, 8] as const)('with numbers of %d bytes', (width) => {
  test.each(Object.entries(cases))('%s', (_, sizes) => {
    checkConvolution(sizes, width);
  });

  test('any shape', () => {
    fc.assert(
      fc.property(anyCase, (sizes) => checkConvolution(sizes, width)),
      { seed: 8, numRuns: 60 },
    );
  });
});

/** A learned layer before, so that errors go through; then a batch of all samples, and one of fewer that lie elsewhere. */
function checkConvolution(sizes: Case, width: 4 | 8): void {
  const { shape, filters, size, samples } = sizes;
  const channels = shape.length === 3 ? shape[0] : shape[1];
  const before = conv('a', shape, channels, 1, {});
  const layer = conv('b', shape, filters, size, sizes);
  const outputShape = layer['outputShape'] as Shape;
  const network = networkOf(shape, chain(shape, [before, layer, flatten('f', outputShape)]), {
    precision: width === 4 ? 'float32' : 'float64',
    optimizer: { name: 'sgd', lr: 0, momentum: 0, nesterov: false, weightDecay: 0 },
  });
  const random = new Random(1, 'data');
  const product = (numbers: Shape): number => numbers.reduce((result, one) => result * one, 1);
  const target = { type: 'values', size: product(outputShape) } as const;
  const normal = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());
  const data = {
    inputs: normal(samples * product(shape)),
    targets: normal(samples * target.size),
    target,
    inputShape: shape,
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
  const graph = buildGraph(network, target, { samples, batch: samples });
  const session = new Session(network, graph, layOut(graph), data, 10);
  for (const { offset, strides, shape: parameterShape } of graph.plan.blocks.flatMap((block) =>
    block.tensors.map((tensor) => ({ ...tensor, offset: block.values / width + tensor.offset })),
  )) {
    forEachIndex(parameterShape, (index) => {
      const place = index.reduce((sum, one, d) => sum + one * strides[d], offset);
      session.memory.numbers[place] = random.normal();
    });
  }
  for (const count of [samples, Math.ceil(samples / 2)]) {
    const first = samples - count;
    session.learn([Uint32Array.from({ length: count }, (_, index) => first + index)], 0);
    compare(session, sizes, outputShape, count, width);
  }
}

function forEachIndex(shape: Shape, visit: (index: readonly number[]) => void): void {
  const walk = (index: readonly number[]): void => {
    if (index.length === shape.length) visit(index);
    else for (let one = 0; one < shape[index.length]; one++) walk([...index, one]);
  };
  walk([]);
}

/** What the second layer made of its input, and of the error of its output, against loops that know nothing of frames. */
function compare(session: Session, sizes: Case, outputShape: Shape, samples: number, width: 4 | 8): void {
  const { input, before: z } = session.graph.recorded[1];
  const [weight, bias] = exportParameters(session.graph, session.memory).slice(2);
  const [weightGradient, biasGradient] = exportGradients(session.graph, session.memory).slice(2);
  if (input === undefined || weight === undefined || bias === undefined) throw new Error('not two layers');
  const x = matrixAt(session, input.value, input, samples);
  const error = matrixAt(session, z.error, z, samples);
  const expected = {
    z: Float64Array.from(
      { length: samples * z.rows * z.features },
      (_, index) => bias.values[index % z.features],
    ),
    x: new Float64Array(x.length),
    weight: new Float64Array(weight.values.length),
    bias: new Float64Array(bias.values.length),
  };
  error.forEach((value, index) => (expected.bias[index % z.features] += value));
  forEachProduct(sizes, outputShape, samples, (from, cell, to) => {
    expected.z[to] += x[from] * weight.values[cell];
    expected.x[from] += error[to] * weight.values[cell];
    expected.weight[cell] += x[from] * error[to];
  });
  const near = (actual: ArrayLike<number>, numbers: Float64Array): void =>
    expectNear(Array.from(actual), Array.from(numbers), width);
  near(matrixAt(session, z.value, z, samples), expected.z);
  near(matrixAt(session, input.error, input, samples), expected.x);
  near(weightGradient.values, expected.weight);
  near(biasGradient.values, expected.bias);
  expect(paddingOf(session, input.error, input, samples)).toEqual(0);
}

/** Every number of the input that a weight meets, and the output that takes their product: places in matrices, and in PyTorch's weight. */
function forEachProduct(
  { shape, filters, size, stride, padding, dilation }: Case,
  outputShape: Shape,
  samples: number,
  visit: (from: number, cell: number, to: number) => void,
): void {
  const image = shape.length === 3;
  const [channels, height, width] = image ? shape : [shape[1], 1, shape[0]];
  const [outHeight, outWidth] = image ? outputShape.slice(1) : [1, outputShape[0]];
  const down = image ? { size, stride, padding, dilation } : { size: 1, stride: 1, padding: 0, dilation: 1 };
  forEachIndex(
    [samples, outHeight, outWidth, down.size, size],
    ([sample, row, column, cellRow, cellColumn]) => {
      const y = row * down.stride - down.padding + cellRow * down.dilation;
      const x = column * stride - padding + cellColumn * dilation;
      if (y < 0 || y >= height || x < 0 || x >= width) return;
      const pixel = (sample * height + y) * width + x;
      const output = (sample * outHeight + row) * outWidth + column;
      for (let channel = 0; channel < channels; channel++) {
        for (let filter = 0; filter < filters; filter++) {
          const cell = ((filter * channels + channel) * down.size + cellRow) * size + cellColumn;
          visit(pixel * channels + channel, cell, output * filters + filter);
        }
      }
    },
  );
}

/** A tensor's matrix without its padding. */
function matrixAt({ memory }: Session, address: number, tensor: Tensor, samples: number): number[] {
  const { rows, features, stride } = tensor;
  return Array.from({ length: samples * rows * features }, (_, index) => {
    const [row, feature] = [Math.floor(index / features), index % features];
    return memory.numbers[address / memory.width + row * stride + feature];
  });
}

/** The largest number between its rows, where all must be zero. */
function paddingOf({ memory }: Session, address: number, tensor: Tensor, samples: number): number {
  const { rows, features, stride } = tensor;
  const numbers = Array.from({ length: samples * rows * stride }, (_, index) =>
    index % stride < features ? 0 : Math.abs(memory.numbers[address / memory.width + index]),
  );
  return Math.max(...numbers);
}
