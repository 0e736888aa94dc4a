import type { FileContents } from '../../protocol/worker.ts';
import { mnistParts, mnistPaths } from './dataFiles.ts';
import { dataFailure, type DataFailure, type ReadData, type Samples, type SettingsOf } from './dataSet.ts';
import { unpack } from './gzip.ts';
import { readIdx, type IdxOutcome } from './idx.ts';

const pixels = 28 * 28;

/** Images and labels of one pair of files; `count` of them are wanted. */
interface Part {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/**
 * Handwritten digits of 28 x 28 (LeCun, Cortes & Burges), grey values scaled to 0 … 1, from the four IDX files. Training
 * samples come from the `train` files, held-out ones from the `t10k` files, in the files' order; `split` shares `samples` out.
 */
export const readMnist: ReadData<'mnist'> = (settings, files) => {
  const training = Math.max(1, Math.round(settings.samples * settings.split));
  const wanted = [training, settings.samples - training];
  const read: Part[] = [];
  for (const [index, part] of mnistParts.entries()) {
    const images = readFile(settings, files, part.images, 3);
    if (!images.ok) {
      return images;
    }
    const labels = readFile(settings, files, part.labels, 1);
    if (!labels.ok) {
      return labels;
    }
    const [count, height, width] = images.sizes;
    if (height !== 28 || width !== 28) {
      return dataFailure(
        settings,
        'data-format',
        `"${images.path}" has images of ${height} x ${width}; those of MNIST are 28 x 28.`,
      );
    }
    if (labels.sizes[0] !== count) {
      return dataFailure(
        settings,
        'data-format',
        `"${images.path}" has ${count} images and "${labels.path}" ${labels.sizes[0]} labels; they must be as many.`,
      );
    }
    const wrong = labels.values.findIndex((label) => label > 9);
    if (wrong >= 0) {
      return dataFailure(
        settings,
        'data-values',
        `"${labels.path}" has the label ${labels.values[wrong]} at position ${wrong}; labels are 0 … 9.`,
      );
    }
    read.push({
      images: images.values,
      labels: labels.values,
      count: Math.min(count, wanted[index]),
    });
  }
  const samples = read.reduce((sum, part) => sum + part.count, 0);
  return {
    ok: true,
    facts: { inputShape: [1, 28, 28], target: { type: 'classes', classes: 10 }, samples },
    samples: () => joinParts(read, samples),
    trainCount: read[0].count,
    notes: [],
  };
};

function joinParts(pairs: readonly Part[], samples: number): Samples {
  const inputs = new Float64Array(samples * pixels);
  const targets = new Float64Array(samples);
  let start = 0;
  for (const { images, labels, count } of pairs) {
    for (let index = 0; index < count * pixels; index++) {
      inputs[start * pixels + index] = images[index] / 255;
    }
    targets.set(labels.subarray(0, count), start);
    start += count;
  }
  return { inputs, targets };
}

type FileOutcome = (Extract<IdxOutcome, { ok: true }> & { readonly path: string }) | DataFailure;

function readFile(
  settings: SettingsOf<'mnist'>,
  files: FileContents,
  name: string,
  dimensions: number,
): FileOutcome {
  const candidates = mnistPaths(settings.path, name, dimensions);
  const path = candidates.find((candidate) => files.has(candidate)) ?? '';
  const bytes = files.get(path);
  if (bytes === undefined) {
    return dataFailure(
      settings,
      'data-file',
      `"${candidates[0]}" was not found, plain or with .gz; the folder must hold MNIST's four IDX files.`,
    );
  }
  const unpacked = unpack(bytes);
  if (!unpacked.ok) {
    return dataFailure(settings, 'data-format', `"${path}" is not a whole gzip file: ${unpacked.reason}.`);
  }
  const outcome = readIdx(unpacked.bytes, dimensions);
  return outcome.ok
    ? { ...outcome, path }
    : dataFailure(settings, 'data-format', `"${path}" ${outcome.reason}.`);
}
