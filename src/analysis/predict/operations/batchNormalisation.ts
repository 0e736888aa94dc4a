/**
 * batchnorm, with the activation that follows it: 256 units are drawn over the batch, since the deviation that each is divided by
 * is its own. The Jacobian over the batch is (I − 11ᵀ/B − ẑẑᵀ/B)/σ (Ioffe & Szegedy 2015); why depth makes it explode: Yang et al. 2019.
 */
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from '../gaussian/activationFunctions.ts';
import { addScaled } from '../matrix.ts';
import { NormalDraws } from '../normalDraws.ts';
import type { GradientMoments, Operation } from '../operation.ts';
import { quantile } from '../quantiles.ts';
import { pointsOf, type Signal } from '../signal.ts';
import { drawnSignal } from './drawnSignal.ts';

const drawnUnits = 256;
const linear: Activation = { name: 'linear', parameter: 0 };

/**
 * φ(ẑ), ẑ the input normalised over all points of the batch. `seed` must differ from layer to layer: units drawn alike would find
 * again the very directions in which chance stretched the batch before.
 */
export function batchNormalisationOperation(
  input: Signal,
  epsilon: number,
  seed: number,
  activation: Activation = linear,
): Operation {
  const points = pointsOf(input);
  const { value, derivative } = scalarFunction(activation);
  const { normal, deviations } = normalise(
    input.drawFeatures(drawnUnits, new NormalDraws(seed)),
    points,
    epsilon,
  );
  const slopes = normal.map(derivative);
  const inverseVariances = typicalInverseSquares(deviations, input.features);

  /** Mean over units of slope·error·slope′, handed to `use` unit by unit. */
  const perUnit = (
    error: Float64Array,
    use: (unit: Float64Array, normal: Float64Array, inverseVariance: number) => void,
  ): void => {
    const unitError = new Float64Array(error.length);
    for (let unit = 0; unit < drawnUnits; unit++) {
      const slope = slopes.subarray(unit * points, (unit + 1) * points);
      for (let row = 0; row < points; row++) {
        for (let column = 0; column < points; column++) {
          unitError[row * points + column] =
            (slope[row] * slope[column] * error[row * points + column]) / drawnUnits;
        }
      }
      use(unitError, normal.subarray(unit * points, (unit + 1) * points), inverseVariances[unit]);
    }
  };

  return {
    signal: drawnSignal(input, normal.map(value), (count, draws) =>
      normalise(input.drawFeatures(count, draws), points, epsilon).normal.map(value),
    ),
    backward: (error) => {
      const back = new Float64Array(error.length);
      perUnit(error, (unit, ẑ, inverseVariance) => addThroughJacobian(back, unit, ẑ, inverseVariance));
      return [back];
    },
    errorBefore: (error) => {
      const before = new Float64Array(error.length);
      perUnit(error, (unit) => addScaled(before, unit, 1));
      return before;
    },
    gradient: (error): GradientMoments => {
      const byInput = new Float64Array(error.length);
      const constant = new Float64Array(error.length);
      perUnit(error, (unit, ẑ) => {
        for (let row = 0; row < points; row++) {
          for (let column = 0; column < points; column++) {
            const place = row * points + column;
            byInput[place] += unit[place] * ẑ[row] * ẑ[column];
            constant[place] += unit[place];
          }
        }
      });
      return { byInput, constant };
    },
    spread: { type: 'normalisation' },
    mixesSamples: true,
  };
}

/**
 * 1/σ² of each unit. On few or much alike samples σ comes close to 0 for some units, and their mean to infinity: a layer of n
 * units typically has none beyond the quantile 1 − ln 2/n, to which larger ones are brought down.
 */
function typicalInverseSquares(deviations: Float64Array, units: number): Float64Array {
  const inverse = deviations.map((deviation) => (deviation > 0 ? 1 / (deviation * deviation) : 0));
  const largest = quantile(inverse, 1 - Math.LN2 / units);
  return inverse.map((value) => Math.min(value, largest));
}

/** Units x points brought to mean 0 and variance 1 over the points, biased variance. */
function normalise(
  values: Float64Array,
  points: number,
  epsilon: number,
): { normal: Float64Array; deviations: Float64Array } {
  const normal = new Float64Array(values.length);
  const deviations = new Float64Array(values.length / points);
  for (let unit = 0; unit < deviations.length; unit++) {
    const start = unit * points;
    let mean = 0;
    for (let point = 0; point < points; point++) mean += values[start + point] / points;
    let variance = 0;
    for (let point = 0; point < points; point++) variance += (values[start + point] - mean) ** 2 / points;
    const deviation = Math.sqrt(variance + epsilon);
    deviations[unit] = deviation;
    for (let point = 0; point < points; point++) {
      normal[start + point] = deviation > 0 ? (values[start + point] - mean) / deviation : 0;
    }
  }
  return { normal, deviations };
}

/** back += J E Jᵀ for one unit, J = (I − 11ᵀ/B − ẑẑᵀ/B)/σ, without forming J. */
function addThroughJacobian(
  back: Float64Array,
  error: Float64Array,
  normal: Float64Array,
  inverseVariance: number,
): void {
  const points = normal.length;
  const overOnes = new Float64Array(points);
  const overNormal = new Float64Array(points);
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      overOnes[row] += error[row * points + column] / points;
      overNormal[row] += (error[row * points + column] * normal[column]) / points;
    }
  }
  let ones = 0;
  let mixed = 0;
  let both = 0;
  for (let point = 0; point < points; point++) {
    ones += overOnes[point] / points;
    mixed += overNormal[point] / points;
    both += (overNormal[point] * normal[point]) / points;
  }
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      const place = row * points + column;
      const [r, c] = [normal[row], normal[column]];
      back[place] +=
        inverseVariance *
        (error[place] -
          overOnes[row] -
          overOnes[column] -
          overNormal[row] * c -
          overNormal[column] * r +
          ones +
          mixed * (r + c) +
          both * r * c);
    }
  }
}
