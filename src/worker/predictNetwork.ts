/** What the predicting thread does: the first mini-batch of the file's data, then the prediction. */
import { engineSampling } from '../analysis/predict/engineSampling.ts';
import { firstBatch } from '../analysis/predict/firstBatch.ts';
import type { predict } from '../analysis/predict/predict.ts';
import type { Prediction } from '../analysis/prediction.ts';
import { prepareData } from '../engine/data/prepare.ts';
import type { PredictedMessage, PredictRequest } from '../protocol/worker.ts';

/** Answers one request. A bug in the predictor is an answer too: the thread lives on. */
export function predictNetwork(request: PredictRequest, predictor: typeof predict): PredictedMessage {
  const { job } = request;
  try {
    return { type: 'predicted', job, prediction: answer(request, predictor) };
  } catch (error) {
    const reason = `of an error inside of the predictor: ${error instanceof Error ? error.message : String(error)}`;
    return { type: 'predicted', job, prediction: { type: 'not-predictable', reason } };
  }
}

function answer({ network, files, stopFlag }: PredictRequest, predictor: typeof predict): Prediction {
  const use = { loss: network.train.loss, outputShape: network.outputShape };
  const prepared = prepareData(network.data, network.input, files, use);
  if (!prepared.ok) return { type: 'not-predictable', reason: prepared.failure.message };
  const flag = new Int32Array(stopFlag);
  return predictor(network, firstBatch(network, prepared.data), {
    bands: true,
    cancelled: () => Atomics.load(flag, 0) !== 0,
    sampleInitialisation: engineSampling(network, files),
  });
}
