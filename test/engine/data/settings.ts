/** Data settings and files for the tests of data kinds, with everything that a test leaves out. */
import { prepareData, type NetworkUse, type TrainingData } from '../../../src/engine/data/prepare.ts';
import type { DataKind, DataSettings, NetworkInput } from '../../../src/language/network.ts';

const span = { from: 0, to: 0 };

type Loose<Settings> = Settings extends DataSettings
  ? Omit<Settings, 'samples' | 'seed' | 'split' | 'line' | 'span'> & Partial<DataSettings>
  : never;

/** Settings of ten samples, seed 1, all for training, on line 3. */
export function settingsOf(settings: Loose<DataSettings> & { readonly kind: DataKind }): DataSettings {
  return { samples: 10, seed: 1, split: 1, line: 3, span, ...settings };
}

/** A network that tells ten classes apart. */
export const labels: NetworkUse = { loss: 'cross_entropy', outputShape: [10] };

/** A network that estimates so many numbers. */
export function measures(size: number): NetworkUse {
  return { loss: 'mse', outputShape: [size] };
}

/** `input 4x2` as `[4, 2]`. */
export function inputOf(shape: readonly number[], vocabulary?: number): NetworkInput {
  return { shape, vocabulary, line: 1, span };
}

/** The prepared data; a failure is a failed test. */
export function prepared(
  settings: Parameters<typeof settingsOf>[0],
  input: NetworkInput,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
  use: NetworkUse = labels,
): TrainingData {
  const outcome = prepareData(settingsOf(settings), input, files, use);
  if (!outcome.ok) {
    throw new Error(outcome.failure.message);
  }
  return outcome.data;
}

/** The message of the failure on line 3; data that can be prepared are a failed test. */
export function failureOf(
  settings: Parameters<typeof settingsOf>[0],
  input: NetworkInput,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
  use: NetworkUse = labels,
): string {
  const outcome = prepareData(settingsOf(settings), input, files, use);
  if (outcome.ok) {
    throw new Error('The data could be prepared');
  }
  return `${outcome.failure.line}: ${outcome.failure.rule}: ${outcome.failure.message}`;
}

/** Rows of a row-major table. */
export function rowsOf(table: Float64Array, width: number): number[][] {
  return Array.from({ length: table.length / width }, (_, row) => [
    ...table.subarray(row * width, (row + 1) * width),
  ]);
}
