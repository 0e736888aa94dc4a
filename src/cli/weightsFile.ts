/** Writes the weights that a run starts from as `.safetensors`, under PyTorch's names and in the run's precision. */
import { writeFileSync } from 'node:fs';
import type { NamedTensor } from '../engine/weights.ts';
import { storedAs, tensorsToStore, writeSafetensors } from '../interop/safetensors.ts';
import type { TrainSettings } from '../language/network.ts';
import { writeFailure } from './fileProblems.ts';

export function writeWeights(
  file: string,
  precision: TrainSettings['precision'],
  weights: readonly NamedTensor[],
): void {
  const tensors = tensorsToStore(weights, storedAs(precision));
  try {
    writeFileSync(file, writeSafetensors(tensors));
  } catch (error) {
    throw writeFailure(file, error);
  }
}
