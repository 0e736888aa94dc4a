/** The derivative of one sample's loss with respect to the network's output, for every loss, as PyTorch defines them. */
import type { LossName, Target } from '../../language/network.ts';

/** Targets of the mini-batch: class indices (samples x rows) or values (samples x size), row-major. */
export interface BatchTargets {
  readonly values: Float64Array;
  readonly target: Target;
}

/**
 * Overwrites `outputs`, points x units of the whole batch, by the derivatives of each sample's term in the mean loss: a mean over
 * all of the sample's outputs, for cross entropy over its rows.
 */
export function toLossDerivative(
  loss: LossName,
  outputs: Float64Array,
  units: number,
  samples: number,
  { values, target }: BatchTargets,
): void {
  const perSample = outputs.length / samples;
  if (loss === 'cross_entropy') {
    crossEntropy(outputs, units, perSample / units, values);
    return;
  }
  if (loss === 'hinge' && target.type === 'classes' && units > 1) {
    multiMargin(outputs, units, perSample / units, values);
    return;
  }
  for (let index = 0; index < outputs.length; index++) {
    const wanted =
      target.type === 'values'
        ? values[index]
        : classTarget(loss, values[Math.floor(index / units)], index % units, units);
    outputs[index] = elementDerivative(loss, outputs[index], wanted) / perSample;
  }
}

/** A label as what one output unit should be: 0 or 1, for hinge with its single unit −1 or 1; a single unit stands for class 1. */
function classTarget(loss: LossName, label: number, unit: number, units: number): number {
  const hit = units === 1 ? label : label === unit ? 1 : 0;
  return loss === 'hinge' ? (hit > 0 ? 1 : -1) : hit;
}

function elementDerivative(loss: Exclude<LossName, 'cross_entropy'>, output: number, wanted: number): number {
  switch (loss) {
    case 'mse':
      return 2 * (output - wanted);
    case 'mae':
      return Math.sign(output - wanted);
    case 'huber':
      return Math.max(-1, Math.min(1, output - wanted));
    case 'bce': {
      // PyTorch keeps logarithms above −100 and the denominator above 1e-12.
      const denominator = Math.max(output * (1 - output), 1e-12);
      return (output - wanted) / denominator;
    }
    case 'bce_with_logits':
      return 1 / (1 + Math.exp(-output)) - wanted;
    case 'hinge':
      return wanted * output < 1 ? -wanted : 0;
    default:
      return loss satisfies never;
  }
}

/** PyTorch's MultiMarginLoss: the mean over classes of max(0, 1 − y_label + y_class), the label's own left out. */
function multiMargin(outputs: Float64Array, units: number, rows: number, labels: Float64Array): void {
  for (let start = 0, row = 0; start < outputs.length; start += units, row++) {
    const label = start + labels[row];
    const own = outputs[label];
    let beaten = 0;
    for (let place = start; place < start + units; place++) {
      const violates = place !== label && 1 - own + outputs[place] > 0;
      outputs[place] = violates ? 1 / (units * rows) : 0;
      if (violates) beaten++;
    }
    outputs[label] = -beaten / (units * rows);
  }
}

function crossEntropy(outputs: Float64Array, units: number, rows: number, labels: Float64Array): void {
  for (let start = 0, row = 0; start < outputs.length; start += units, row++) {
    let largest = -Infinity;
    for (let unit = 0; unit < units; unit++) largest = Math.max(largest, outputs[start + unit]);
    let total = 0;
    for (let unit = 0; unit < units; unit++) total += Math.exp(outputs[start + unit] - largest);
    for (let unit = 0; unit < units; unit++) {
      const probability = Math.exp(outputs[start + unit] - largest) / total;
      outputs[start + unit] = (probability - (labels[row] === unit ? 1 : 0)) / rows;
    }
  }
}
