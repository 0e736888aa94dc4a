/** What the predictor says of a network, for commands. */
import { predict } from '../analysis/predict/predict.ts';
import type { Prediction } from '../analysis/prediction.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { predictNetwork } from '../worker/predictNetwork.ts';

/** Predicted norms at initialisation, from the first batch of the network's data. */
export function predictionOf(network: CheckedNetwork, files: FileContents): Prediction {
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  return predictNetwork({ type: 'predict', job: 0, network, files, stopFlag }, predict).prediction;
}
