/** What the predictor says of a network, for commands. */
import { engineSampling } from '../analysis/predict/engineSampling.ts';
import { firstBatch } from '../analysis/predict/firstBatch.ts';
import { predict } from '../analysis/predict/predict.ts';
import type { Prediction } from '../analysis/prediction.ts';
import { prepareData } from '../engine/data/prepare.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { InputError } from './surroundings.ts';

/** Predicted norms at initialisation, from the first batch of the network's data. Data that cannot be had is an `InputError`. */
export function predictionOf(file: string, network: CheckedNetwork, files: FileContents): Prediction {
  const use = { loss: network.train.loss, outputShape: network.outputShape };
  const prepared = prepareData(network.data, network.input, files, use);
  if (!prepared.ok)
    throw new InputError(`${file}:${prepared.failure.line}:1: error: ${prepared.failure.message}`);
  return predict(network, firstBatch(network, prepared.data), {
    sampleInitialisation: engineSampling(network, files),
  });
}
