/** The samples that a prediction is about: the first batch of the network's training data. */
import type { TrainingData } from '../../engine/data/prepare.ts';
import type { CheckedNetwork } from '../../language/network.ts';
import type { Batch } from './sampleChoice.ts';

export function firstBatch({ train }: CheckedNetwork, data: TrainingData): Batch {
  const { inputs, targets, target, trainCount, testCount } = data;
  const samples = trainCount + testCount;
  const count = train.batch === 'all' ? trainCount : Math.min(train.batch, trainCount);
  return {
    inputs: inputs.subarray(0, (inputs.length / samples) * count),
    targets: targets.subarray(0, (targets.length / samples) * count),
    count,
    target,
  };
}
