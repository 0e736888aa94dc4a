/** The output and the loss do not fit. Seen from the network alone, so it holds for every run, however short. */
import type { Facts, Ruling } from '../facts.ts';
import type { ActivationName, CheckedNetwork, Layer } from '../../language/network.ts';

export function lossMismatch({ network, layers }: Facts): Ruling | undefined {
  const message = mismatch(network);
  if (message === undefined) return undefined;
  const output = layers.at(-1)?.name;
  return {
    finding: {
      id: 'loss-mismatch',
      severity: 'error',
      layers: output === undefined ? [] : [output],
      message,
      evidence: {
        loss: network.train.loss,
        activation: outputActivation(network),
        units: network.outputShape.at(-1) ?? 0,
      },
    },
    verdict: { kind: 'loss-mismatch', message },
  };
}

function mismatch(network: CheckedNetwork): string | undefined {
  const activation = outputActivation(network);
  const { loss } = network.train;
  const single = network.outputShape.at(-1) === 1;
  if (single && activation === 'softmax')
    return 'softmax over one unit is always 1: its gradient is identically zero, whatever the weights';
  if (single && loss === 'cross_entropy')
    return 'cross_entropy over one unit is always 0: its gradient is identically zero, whatever the weights';
  if (loss === 'cross_entropy' && (activation === 'softmax' || activation === 'sigmoid'))
    return `cross_entropy takes logits and applies softmax itself; after ${activation} its gradient is squashed twice`;
  if (loss === 'bce_with_logits' && (activation === 'sigmoid' || activation === 'softmax'))
    return `bce_with_logits takes logits and applies sigmoid itself; after ${activation} its gradient is squashed twice`;
  return undefined;
}

/** Activation of what leaves the network; `linear` where the last layer has none. */
function outputActivation(network: CheckedNetwork): ActivationName {
  const last = network.layers.findLast((layer) => layer.kind !== 'flatten' && layer.kind !== 'dropout');
  return last === undefined ? 'linear' : activationOf(last);
}

function activationOf(layer: Layer): ActivationName {
  return 'activation' in layer ? layer.activation.name : 'linear';
}
