/** Writes the weights that a run starts from as `.safetensors`, under PyTorch's names and in the run's precision. */
import { writeFileSync } from 'node:fs';
import type { NamedTensor } from '../engine/weights.ts';
import { writeSafetensors, type TensorToStore } from '../interop/safetensors.ts';
import type { TrainSettings } from '../language/network.ts';
import { writeFailure } from './fileProblems.ts';

export function writeWeights(
  file: string,
  precision: TrainSettings['precision'],
  weights: readonly NamedTensor[],
): void {
  const tensors = new Map(
    weights.map(({ name, shape, values }): [string, TensorToStore] => [
      name,
      { type: precision === 'float64' ? 'F64' : 'F32', shape, values },
    ]),
  );
  try {
    writeFileSync(file, writeSafetensors(tensors));
  } catch (error) {
    throw writeFailure(file, error);
  }
}
