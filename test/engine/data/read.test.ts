import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { dataFiles } from '../../../src/engine/data/dataFiles.ts';
import type { NetworkUse } from '../../../src/engine/data/prepare.ts';
import {
  failureOf,
  inputOf,
  labels as tenClasses,
  measures,
  prepared,
  rowsOf,
  settingsOf,
} from './settings.ts';

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);

describe('digits', () => {
  const packed = new Uint8Array(readFileSync(new URL('../../../data/digits.csv.gz', import.meta.url)));
  const files = new Map([['digits', packed]]);

  // sklearn.datasets.load_digits: 1,797 images, classes of 178, 182, 177, 183, 181, 182, 181, 179, 174 and 180; mean grey 4.88.
  test('are the 1,797 images of the UCI repository, scaled to 0 … 1', () => {
    const { inputs, targets } = prepared({ kind: 'digits', samples: 1797 }, inputOf([64]), files);
    const counts = Array.from(
      { length: 10 },
      (_, digit) => targets.filter((label) => label === digit).length,
    );
    expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    const mean = inputs.reduce((sum, grey) => sum + grey, 0) / inputs.length;
    expect(mean * 16).toBeCloseTo(4.884, 3);
    expect([...inputs.subarray(0, 8)]).toEqual([0, 0, 5, 13, 9, 1, 0, 0].map((grey) => grey / 16));
  });

  test.each([[[64]], [[1, 8, 8]], [[8, 8]]])('fit an input of %j', (shape) => {
    expect(prepared({ kind: 'digits' }, inputOf(shape), files).inputShape).toEqual(shape);
  });

  test('a part of them is a random part, the same for the same seed', () => {
    const some = (seed: number) =>
      prepared({ kind: 'digits', samples: 100, split: 0.8, seed }, inputOf([64]), files);
    expect([some(1).trainCount, some(1).testCount]).toEqual([80, 20]);
    expect(some(1)).toEqual(some(1));
    expect(some(1).targets).not.toEqual(some(2).targets);
  });

  test.each([
    [
      'missing',
      undefined,
      'data-file: The file of the handwritten digits was not found beside the extension.',
    ],
    ['cut off', packed.subarray(0, 1000), 'data-format: The file of the handwritten digits is damaged.'],
    [
      'of another content',
      gzipSync(new TextEncoder().encode('1,2,3\n')),
      'data-format: The file of the handwritten digits is damaged: line 1 is not 64 grey values and a digit.',
    ],
  ])('a file that is %s', (_, content, message) => {
    const found = new Map(content === undefined ? [] : [['digits', content]]);
    expect(failureOf({ kind: 'digits' }, inputOf([64]), found)).toBe(`3: ${message}`);
  });
});

describe('mnist', () => {
  // The IDX format: http://yann.lecun.com/exdb/mnist, "magic number 0x00000803", big-endian sizes, then bytes.
  const header = (count: number) => [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28];
  const white = (length: number) => new Uint8Array(length).fill(255);
  const images = (count: number, first = 0) =>
    Uint8Array.from([...header(count), first, ...white(count * 784 - 1)]);
  const labels = (...digits: number[]) => bytesOf(0, 0, 8, 1, 0, 0, 0, digits.length, ...digits);
  const whole = () =>
    new Map([
      ['m/train-images-idx3-ubyte', images(3, 51)],
      ['m/train-labels-idx1-ubyte', labels(7, 1, 2)],
      ['m/t10k-images-idx3-ubyte', images(2)],
      ['m/t10k-labels-idx1-ubyte', labels(9, 0)],
    ]);
  const settings = { kind: 'mnist', path: 'm/', samples: 70_000, split: 6 / 7 } as const;

  test.each([[[784]], [[1, 28, 28]]])(
    'fits an input of %j, training and held-out samples from their files',
    (shape) => {
      const data = prepared(settings, inputOf(shape), whole());
      expect([...data.targets]).toEqual([7, 1, 2, 9, 0]);
      expect([data.trainCount, data.testCount]).toEqual([3, 2]);
      expect([...data.inputs.subarray(0, 2)]).toEqual([0.2, 1]);
    },
  );

  test('`samples` takes the first of each', () => {
    const data = prepared({ ...settings, samples: 3, split: 0.67 }, inputOf([784]), whole());
    expect([...data.targets]).toEqual([7, 1, 9]);
  });

  test('all of both, where `samples` is left out', () => {
    const data = prepared({ ...settings, samples: 1_000_000_000 }, inputOf([784]), whole());
    expect([data.trainCount, data.testCount]).toEqual([3, 2]);
  });

  test('gzipped files, and names with a dot', () => {
    const files = new Map(
      [...whole()].map(([path, bytes]) => [path.replace('-idx', '.idx') + '.gz', gzipSync(bytes)]),
    );
    expect(prepared(settings, inputOf([784]), files)).toEqual(prepared(settings, inputOf([784]), whole()));
    const wanted = dataFiles(settingsOf(settings));
    expect(wanted.map((paths) => paths.length)).toEqual([4, 4, 4, 4]);
    expect(wanted.every((paths) => paths.some((path) => files.has(path)))).toBe(true);
  });

  const trainImages = 'm/train-images-idx3-ubyte';
  test.each<[string, string, Uint8Array | undefined, string]>([
    [
      'missing',
      trainImages,
      undefined,
      `data-file: "${trainImages}" was not found, plain or with .gz; the folder must hold MNIST's four IDX files.`,
    ],
    ['empty', trainImages, bytesOf(), `data-format: "${trainImages}" has 0 bytes and no IDX header.`],
    [
      'of another type',
      trainImages,
      labels(1),
      `data-format: "${trainImages}" begins with 0x00000801; an IDX file of bytes in 3 dimensions begins with 0x00000803.`,
    ],
    [
      'cut off in its header',
      trainImages,
      images(3).subarray(0, 10),
      `data-format: "${trainImages}" is cut off: it has 10 bytes, its header alone takes 16.`,
    ],
    [
      'cut off',
      trainImages,
      images(3).subarray(0, 1000),
      `data-format: "${trainImages}" is cut off or its header is wrong: the header says 3 x 28 x 28 = 2352 bytes of values, there are 984.`,
    ],
    [
      'longer than its header says',
      trainImages,
      bytesOf(...images(3), 0),
      `data-format: "${trainImages}" is longer than its header says: the header says 3 x 28 x 28 = 2352 bytes of values, there are 2353.`,
    ],
    [
      'of another number of labels',
      'm/t10k-labels-idx1-ubyte',
      labels(1),
      'data-format: "m/t10k-images-idx3-ubyte" has 2 images and "m/t10k-labels-idx1-ubyte" 1 labels; they must be as many.',
    ],
    [
      'of a label that is no digit',
      'm/train-labels-idx1-ubyte',
      labels(1, 2, 10),
      'data-values: "m/train-labels-idx1-ubyte" has the label 10 at position 2; labels are 0 … 9.',
    ],
    [
      'half a gzip file',
      trainImages,
      gzipSync(images(3)).subarray(0, 20),
      `data-format: "${trainImages}" is not a whole gzip file: unexpected EOF.`,
    ],
    [
      'of images of another size',
      trainImages,
      bytesOf(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5),
      `data-format: "${trainImages}" has images of 1 x 1; those of MNIST are 28 x 28.`,
    ],
  ])('a file that is %s', (_, path, content, message) => {
    const files = new Map<string, Uint8Array>(whole());
    if (content) {
      files.set(path, content);
    } else {
      files.delete(path);
    }
    expect(failureOf(settings, inputOf([784]), files)).toBe(`3: ${message}`);
  });

  test('a header that claims more than there can be is not believed', () => {
    const files = whole().set(
      trainImages,
      bytesOf(0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28, 1),
    );
    expect(failureOf(settings, inputOf([784]), files)).toContain('there are 1.');
  });
});

describe('inline', () => {
  const inline = (inputs: unknown, targets: unknown) => ({ kind: 'inline', inputs, targets }) as never;

  test('samples keep the order of the file', () => {
    const data = prepared(inline([[1, 2], [3, 4], [5, 6]], [0, 1, 2]), inputOf([2])); // prettier-ignore
    expect(rowsOf(data.inputs, 2)).toEqual([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    expect([...data.targets]).toEqual([0, 1, 2]);
    expect(data.target).toEqual({ type: 'classes', classes: 3 });
  });

  test.each([
    ['plain whole numbers are classes', [0, 2], tenClasses, { type: 'classes', classes: 3 }],
    [
      'classes at every time step',
      [
        [0, 1, 2],
        [2, 1, 0],
      ],
      { loss: 'cross_entropy', outputShape: [3, 4] },
      { type: 'classes', classes: 3, rows: 3 },
    ],
    [
      'labels for a single output',
      [0, 1],
      { loss: 'bce', outputShape: [1] },
      { type: 'classes', classes: 2 },
    ],
    [
      'the same, nested',
      [[0], [1]],
      { loss: 'bce_with_logits', outputShape: [1] },
      { type: 'classes', classes: 2 },
    ],
    ['probabilities', [[0.2], [1]], { loss: 'bce', outputShape: [1] }, { type: 'values', size: 1 }],
    ['numbers with a part are values', [0.5, 1], measures(1), { type: 'values', size: 1 }],
    [
      'lists are values',
      [
        [1, 2],
        [3, 4],
      ],
      measures(2),
      { type: 'values', size: 2 },
    ],
    [
      'whole numbers are values where the loss measures one',
      [1, 2],
      measures(1),
      { type: 'values', size: 1 },
    ],
    ['and classes where it measures several', [0, 2], measures(3), { type: 'classes', classes: 3 }],
  ])('%s', (_, targets, use, target) => {
    const data = prepared(inline([[1, 2], [3, 4]], targets), inputOf([2]), new Map(), use as NetworkUse); // prettier-ignore
    expect(data.target).toEqual(target);
    expect([...data.targets]).toEqual(targets.flat());
  });

  test('images and tokens', () => {
    const image = [[[1, 2], [3, 4]]]; // prettier-ignore
    expect(prepared(inline([image, image], [0, 1]), inputOf([1, 2, 2])).inputs.length).toBe(8);
    expect(prepared(inline([[0, 4, 2]], [0]), inputOf([3], 5)).inputs.length).toBe(3);
  });

  test.each([
    [[[1, 2], [3]], [0, 1], [2], 'data-shape: inputs[1] is not of the shape of inputs[0], a list of 2.'],
    [[[1, 2], 3], [0, 1], [2], 'data-shape: inputs[1] is not of the shape of inputs[0], a list of 2.'],
    [[[1, [2]]], [0], [2], 'data-shape: inputs[0] is not of the shape of inputs[0], a list of 2.'],
    [[[1], [2]], [[0], 1], [1], 'data-shape: targets[1] is not of the shape of targets[0], a list of 1.'],
    [[[1], [2]], [0], [1], 'data-shape: There are 2 inputs and 1 targets; every input needs one target.'],
    [[], [], [1], 'data-shape: `inputs` is empty; it needs at least one sample.'],
    [[[1, 2]], [0], [3], 'data-shape: `data inline` has samples for `input 2`, not for `input 3`.'],
  ])('%j with targets %j', (inputs, targets, shape, message) => {
    expect(failureOf(inline(inputs, targets), inputOf(shape))).toBe(`3: ${message}`);
  });

  test.each([5, -1, 0.5])('%d is no token of a vocabulary of five', (token) => {
    expect(
      failureOf(
        inline(
          [
            [0, 1],
            [2, token],
          ],
          [0, 1],
        ),
        inputOf([2], 5),
      ),
    ).toBe(
      // prettier-ignore
      `3: data-values: Sample 1 holds ${token}, which is no token: the vocabulary is 0 … 4.`,
    );
  });
});

test('the shipped file is the published one: 1,797 lines of 65 numbers', () => {
  const text = new TextDecoder().decode(
    gunzipSync(new Uint8Array(readFileSync(new URL('../../../data/digits.csv.gz', import.meta.url)))),
  );
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBe(1797);
  expect(lines.every((line) => line.split(',').length === 65)).toBe(true);
});
