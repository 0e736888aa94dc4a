/**
 * The output layer is not linearised but drawn: any loss and any output activation then works, and how the draws differ is how
 * initialisations differ through the random offset of their output.
 */
import type { Activation, LossName } from '../../language/network.ts';
import { scalarFunction } from './gaussian/activationFunctions.ts';
import { toLossDerivative, type BatchTargets } from './lossDerivative.ts';
import { NormalDraws } from './normalDraws.ts';
import { softmaxOfLayers } from './operations/softmax.ts';
import { transposed } from './operations/positions.ts';
import { pointsOf, type Signal } from './signal.ts';

/** Draws of the whole output, before the activations that end the network. */
export interface OutputDraws {
  readonly draws: number;
  readonly units: number;
  readonly points: number;
  /** draws x units x points. */
  readonly values: Float64Array;
}

/** Number of draws: many for one output unit, fewer for many, which average themselves. */
function drawsFor(units: number): number {
  return Math.max(16, Math.min(128, 2 ** Math.floor(Math.log2(512 / units))));
}

/** Draws the output's pre-activation, `output` being the signal before trailing activations. */
export function drawOutputs(output: Signal): OutputDraws {
  const units = output.features;
  const draws = drawsFor(units);
  const points = pointsOf(output);
  const stream = new NormalDraws(1001);
  const values = new Float64Array(draws * units * points);
  for (let unit = 0; unit < units; unit++) {
    const drawn = output.drawFeatures(draws, stream);
    for (let draw = 0; draw < draws; draw++) {
      values.set(drawn.subarray(draw * points, (draw + 1) * points), (draw * units + unit) * points);
    }
  }
  return { draws, units, points, values };
}

/** What the loss makes of drawn outputs. */
export interface LossSetting {
  readonly loss: LossName;
  /** Activations between the drawn output and the loss, in order. */
  readonly activations: readonly Activation[];
  readonly samples: number;
  readonly targets: BatchTargets;
}

/**
 * draws x units x points: derivative of each sample's loss with respect to the drawn output, which is first multiplied by the
 * draw's factor (how much larger than on average the network made it).
 */
export function outputErrors(output: OutputDraws, factors: Float64Array, setting: LossSetting): Float64Array {
  const { draws, units, points, values } = output;
  const size = units * points;
  const errors = new Float64Array(values.length);
  for (let draw = 0; draw < draws; draw++) {
    const start = values.subarray(draw * size, (draw + 1) * size).map((value) => value * factors[draw]);
    const stages: Float64Array[] = [start];
    for (const activation of setting.activations)
      stages.push(apply(activation, stages.at(-1), units, points));
    const byPoint = transposed(stages.at(-1), units, points);
    toLossDerivative(setting.loss, byPoint, units, setting.samples, setting.targets);
    let error = transposed(byPoint, points, units);
    for (let stage = setting.activations.length - 1; stage >= 0; stage--) {
      error = applyBackward(
        setting.activations[stage],
        error,
        stages[stage],
        stages[stage + 1],
        units,
        points,
      );
    }
    errors.set(error, draw * size);
  }
  return errors;
}

function apply(activation: Activation, values: Float64Array, units: number, points: number): Float64Array {
  return activation.name === 'softmax'
    ? softmaxOfLayers(values, units, points)
    : values.map(scalarFunction(activation).value);
}

function applyBackward(
  activation: Activation,
  error: Float64Array,
  before: Float64Array,
  after: Float64Array,
  units: number,
  points: number,
): Float64Array {
  if (activation.name !== 'softmax') {
    const { derivative } = scalarFunction(activation);
    return error.map((entry, index) => entry * derivative(before[index]));
  }
  const result = new Float64Array(error.length);
  for (let point = 0; point < points; point++) {
    let mean = 0;
    for (let place = point; place < error.length; place += points) mean += error[place] * after[place];
    for (let place = point; place < error.length; place += points) {
      // One unit is always 1: its derivative is exactly 0, not a rounding error of the mean.
      result[place] = units === 1 ? 0 : after[place] * (error[place] - mean);
    }
  }
  return result;
}
