/** A vanilla recurrent layer (Chen, Pennington & Schoenholz 2018): h(t) = φ(Wx x(t) + Wh h(t−1) + b), the same weights at every step. */
import type { Activation } from '../../../language/network.ts';
import { expand } from '../gaussian/expansion.ts';
import { pairwiseDual } from '../gaussian/dual.ts';
import { quick } from '../gaussian/gradedRule.ts';
import { scalarFunction } from '../gaussian/activationFunctions.ts';
import { activationMoments } from '../gaussian/activationMoments.ts';
import type { Operation } from '../operation.ts';
import { gaussianFeatures, pointsOf, type Signal } from '../signal.ts';
import { weightSpread } from './dense.ts';

/** What the layer is made of. PyTorch adds two biases, one beside each weight. */
export interface Recurrence {
  readonly units: number;
  readonly activation: Activation;
  readonly inputVariance: number;
  readonly recurrentVariance: number;
  readonly orthogonal: boolean;
  /** Mean and variance of the sum of both biases. */
  readonly bias: { readonly mean: number; readonly variance: number };
}

/** The whole sequence of hidden states; `return = last` takes its end by `lastStepOperation`. */
export function recurrenceOperation(input: Signal, layer: Recurrence): Operation {
  const { samples } = input;
  const points = pointsOf(input);
  const steps = points / samples;
  const means = new Float64Array(points).fill(layer.bias.mean);
  const recurrent = layer.units * layer.recurrentVariance;
  const driven = input.features * layer.inputVariance;

  // The variances first: they follow from themselves along time, and every pair needs them.
  const variances = new Float64Array(points);
  for (let step = 0; step < steps; step++) {
    for (let sample = 0; sample < samples; sample++) {
      const point = sample * steps + step;
      let variance = driven * input.second[point * (points + 1)] + layer.bias.variance;
      if (step > 0) {
        const before = Float64Array.of(variances[point - 1]);
        variance +=
          recurrent * expand(layer.activation, Float64Array.of(layer.bias.mean), before, quick).square[0];
      }
      variances[point] = variance;
    }
  }
  const dual = pairwiseDual(layer.activation, means, variances);
  const covariance = new Float64Array(points * points);
  const value = new Float64Array(points * points);
  const derivative = new Float64Array(points * points);
  const pair = { value: 0, derivative: 0 };
  for (let row = 0; row < points; row++) {
    for (let column = 0; column <= row; column++) {
      // Sample-major order: whatever both steps before are, they have been visited.
      const place = row * points + column;
      const mirrored = column * points + row;
      let entry = driven * input.second[place] + layer.bias.variance;
      if (row % steps > 0 && column % steps > 0) entry += recurrent * value[(row - 1) * points + column - 1];
      covariance[place] = covariance[mirrored] = entry;
      dual.evaluate(row, column, entry, pair);
      value[place] = value[mirrored] = pair.value;
      derivative[place] = derivative[mirrored] = pair.derivative;
    }
  }

  /** Errors of the hidden states → of the pre-activations, gathered from the last step to the first. */
  const throughTime = (error: Float64Array): Float64Array => {
    const total = new Float64Array(points * points);
    for (let row = points - 1; row >= 0; row--) {
      for (let column = points - 1; column >= 0; column--) {
        const place = row * points + column;
        let arriving = error[place];
        if (row % steps < steps - 1 && column % steps < steps - 1) {
          arriving += recurrent * total[(row + 1) * points + column + 1];
        }
        total[place] = arriving * derivative[place];
      }
    }
    return total;
  };
  const scalar = scalarFunction(layer.activation);
  const draw = gaussianFeatures(covariance, layer.bias.mean);
  const signal: Signal = {
    samples,
    spatial: input.spatial,
    features: layer.units,
    second: value,
    mean: dual.mean,
    get kurtosis() {
      return activationMoments(layer.activation, layer.bias.mean, variances[points - 1]).kurtosis;
    },
    drawFeatures: (count, draws) => draw(count, draws).map(scalar.value),
  };
  return {
    signal,
    backward: (error) => [throughTime(error).map((entry) => entry * driven)],
    errorBefore: throughTime,
    gradient: (error) => {
      const total = throughTime(error);
      const byInput = total.map((entry, place) => {
        const row = Math.floor(place / points);
        const column = place % points;
        const hidden =
          row % steps > 0 && column % steps > 0 ? value[(row - 1) * points + column - 1] * layer.units : 0;
        return entry * (hidden + input.second[place] * input.features);
      });
      return { byInput, constant: total.map((entry) => 2 * entry) };
    },
    spread: weightSpread(0, signal, layer.orthogonal, layer.units, layer.units),
  };
}

/** The hidden state at the end of the sequence. */
export function lastStepOperation(input: Signal): Operation {
  const { samples } = input;
  const points = pointsOf(input);
  const steps = points / samples;
  const at = (sample: number) => sample * steps + steps - 1;
  const second = new Float64Array(samples * samples);
  for (let row = 0; row < samples; row++) {
    for (let column = 0; column < samples; column++) {
      second[row * samples + column] = input.second[at(row) * points + at(column)];
    }
  }
  return {
    signal: {
      samples,
      spatial: [],
      features: input.features,
      second,
      mean: Float64Array.from({ length: samples }, (_, sample) => input.mean[at(sample)]),
      get kurtosis() {
        return input.kurtosis;
      },
      drawFeatures: (count, draws) => {
        const drawn = input.drawFeatures(count, draws);
        return Float64Array.from(
          { length: count * samples },
          (_, index) => drawn[Math.floor(index / samples) * points + at(index % samples)],
        );
      },
    },
    backward: (error) => {
      const back = new Float64Array(points * points);
      for (let row = 0; row < samples; row++) {
        for (let column = 0; column < samples; column++) {
          back[at(row) * points + at(column)] = error[row * samples + column];
        }
      }
      return [back];
    },
    spread: { type: 'pass' },
  };
}
