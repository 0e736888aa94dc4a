/** What the predicting thread does with a `what-if`: one prediction for each change, until nobody waits for them any more. */
import { firstBatch } from '../analysis/predict/firstBatch.ts';
import { activationChanges, initialiserChanges, whatIf } from '../analysis/predict/whatIf.ts';
import { prepareData } from '../engine/data/prepare.ts';
import type { WhatIfAnswer, WhatIfMessage, WhatIfRequest } from '../protocol/worker.ts';

/** Answers one request; what cannot be predicted is left out. */
export function askWhatIf({ job, network, files, stopFlag, layer, changes }: WhatIfRequest): WhatIfMessage {
  const use = { loss: network.train.loss, outputShape: network.outputShape };
  const prepared = prepareData(network.data, network.input, files, use);
  if (!prepared.ok) return { type: 'what-if', job, answers: [] };
  const flag = new Int32Array(stopFlag);
  const asked = changes === 'activations' ? activationChanges() : initialiserChanges();
  const answers: WhatIfAnswer[] = [];
  for (const { words, norm, text } of whatIf(network, firstBatch(network, prepared.data), layer, asked)) {
    if (Atomics.load(flag, 0) !== 0) break;
    answers.push({ words, norm, text });
  }
  return { type: 'what-if', job, answers };
}
