/** Writes trained weights as `.safetensors`, under PyTorch's names and in the run's precision. */
import { writeFile } from 'node:fs/promises';
import { writeSafetensors, type TensorToStore } from '../interop/safetensors.ts';
import { writeFailure } from './fileProblems.ts';
import type { TrainedNetwork } from './training.ts';

export async function writeWeights(file: string, { network, weights }: TrainedNetwork): Promise<void> {
  const wide = network.train.precision === 'float64';
  const tensors = new Map(
    weights.map(({ name, shape, values }): [string, TensorToStore] => [
      name,
      wide ? { type: 'F64', shape, values } : { type: 'F32', shape, values: Float32Array.from(values) },
    ]),
  );
  try {
    await writeFile(file, writeSafetensors(tensors));
  } catch (error) {
    throw writeFailure(file, error);
  }
}
