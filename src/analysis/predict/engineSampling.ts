/** Measures initialisations with the engine: what the predictor asks for where its recursion does not apply. */
import { recordedQuantities } from '../../engine/recording.ts';
import { prepareRun } from '../../engine/trainer.ts';
import type { CheckedNetwork } from '../../language/network.ts';
import type { FileContents } from '../../protocol/worker.ts';
import type { SampledLayer, SampleInitialisation } from './sampling.ts';

/** A prediction must not take the memory that training may: larger networks are not sampled. */
const mostBytes = 512 * 2 ** 20;

/** Draws the network's weights with a seed and takes the gradients of its first mini-batch. */
export function engineSampling(network: CheckedNetwork, files: FileContents): SampleInitialisation {
  return (seed) => {
    const train = { ...network.train, seed, duration: { steps: 1 } };
    const analyze = { ...network.analyze, every: 1 };
    const prepared = prepareRun({ ...network, train, analyze }, files, { memoryLimit: mostBytes });
    if (!prepared.ok) return undefined;
    const { rows } = prepared.run.advance(0);
    const stride = recordedQuantities.length;
    return prepared.run.layers.map(({ name }, layer): SampledLayer => {
      const at = (quantity: 'norm' | 'error' | 'outputError') =>
        rows.values[layer * stride + recordedQuantities.indexOf(quantity)];
      return { name, norm: at('norm'), error: at('error'), outputError: at('outputError') };
    });
  };
}
