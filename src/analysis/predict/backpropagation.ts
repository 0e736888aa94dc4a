/** One backward run through a program, and for each layer the quadratic form whose value is its squared gradient norm. */
import { runBackward, type NodeErrors, type ScaledMatrix } from './kernelRecursion.ts';
import { scaled } from './matrix.ts';
import type { OutputDraws } from './output.ts';
import type { LayerPlace, Program, ProgramNode } from './program.ts';
import {
  errorMoments,
  evaluateForm,
  prepareForm,
  type ErrorMoments,
  type PreparedForm,
} from './quadraticForm.ts';
import type { PairWeights } from './sampleChoice.ts';
import { positionsOf } from './signal.ts';

/** What the output layer made of its draws. */
export interface DrawnErrors {
  readonly draws: OutputDraws;
  /** draws x units x points: derivatives of each sample's loss. */
  readonly errors: Float64Array;
}

/** A layer with parameters. */
export interface LayerForm {
  readonly place: LayerPlace;
  /** The part of the gradient that grows with the layer's input, and the part that does not; undefined where there is none. */
  readonly byInput: PreparedForm | undefined;
  readonly constant: PreparedForm | undefined;
  /** Their mean values over the output's draws, times e^−logScale. */
  readonly values: { readonly byInput: number; readonly constant: number };
  readonly logScale: number;
  readonly errors: NodeErrors;
}

/** The result, with all that bands need besides. */
export interface Backpropagation {
  readonly nodes: readonly ProgramNode[];
  /** The node whose signal was drawn as output. */
  readonly last: number;
  readonly drawn: DrawnErrors;
  readonly weights: PairWeights;
  /** Samples or positions do not keep apart on the way back: the errors themselves were sent, instead of ones to be multiplied by them. */
  readonly mixes: boolean;
  readonly nodeErrors: readonly NodeErrors[];
  /** Over all draws; all ones where the errors were sent. */
  readonly meanMoments: ErrorMoments;
  readonly forms: readonly LayerForm[];
}

/** Sends the errors back and prepares the forms. */
export function backpropagate(
  program: Program,
  last: number,
  drawn: DrawnErrors,
  weights: PairWeights,
  onNode: () => void,
): Backpropagation {
  const samples = weights.shares.length;
  const { nodes, places } = program;
  const output = nodes[last].operation.signal;
  const mixes = positionsOf(output) > 1 || nodes.some(({ operation }) => operation.mixesSamples === true);
  const overDraws = meanOverDraws(drawn);
  const ones = new Float64Array(drawn.draws.points ** 2).fill(1);
  const nodeErrors = runBackward(nodes, last, mixes ? overDraws.products : ones, onNode);
  const meanMoments = mixes ? momentsOfOnes(samples) : overDraws;
  const forms = places
    .filter(({ layer }) => layer.parameters > 0)
    .map((place) => layerForm(place, nodeErrors[place.parameters], meanMoments, weights));
  return { nodes, last, drawn, weights, mixes, nodeErrors, meanMoments, forms };
}

/** The errors of one draw, units x points. */
export function errorsOfDraw({ draws, errors }: DrawnErrors, draw: number): Float64Array {
  const size = draws.units * draws.points;
  return errors.subarray(draw * size, (draw + 1) * size);
}

/** ln of the mean over samples of the squared error, −∞ for an exact zero. */
export function logErrorSquare(
  error: ScaledMatrix | undefined,
  { products }: ErrorMoments,
  { shares }: PairWeights,
): number {
  const samples = shares.length;
  if (error === undefined) return -Infinity;
  const points = Math.sqrt(error.values.length);
  const positions = points / samples;
  let sum = 0;
  for (let point = 0; point < points; point++) {
    const sample = Math.floor(point / positions);
    sum += error.values[point * (points + 1)] * products[sample * (samples + 1)] * shares[sample];
  }
  // A sum of squares: what lies below 0 has been rounded there.
  return Math.log(Math.max(0, sum)) + error.scale;
}

/** points² → samples²: sums over positions. */
export function sumOverPositions(matrix: Float64Array, samples: number): Float64Array {
  const points = Math.sqrt(matrix.length);
  if (points === samples) return matrix;
  const positions = points / samples;
  const sums = new Float64Array(samples * samples);
  for (let row = 0; row < points; row++) {
    const start = Math.floor(row / positions) * samples;
    for (let column = 0; column < points; column++) {
      sums[start + Math.floor(column / positions)] += matrix[row * points + column];
    }
  }
  return sums;
}

function meanOverDraws(drawn: DrawnErrors): ErrorMoments {
  const { draws, points } = drawn.draws;
  const products = new Float64Array(points ** 2);
  let squaredSum = 0;
  for (let draw = 0; draw < draws; draw++) {
    squaredSum += errorMoments(errorsOfDraw(drawn, draw), points, products).squaredSum;
  }
  return { products: scaled(products, 1 / draws), squaredSum: squaredSum / draws };
}

function momentsOfOnes(samples: number): ErrorMoments {
  return { products: new Float64Array(samples * samples).fill(1), squaredSum: samples * samples };
}

function layerForm(
  place: LayerPlace,
  errors: NodeErrors,
  moments: ErrorMoments,
  weights: PairWeights,
): LayerForm {
  const prepared = (matrix: Float64Array | undefined): PreparedForm | undefined =>
    matrix && prepareForm(sumOverPositions(matrix, weights.shares.length), weights);
  const byInput = prepared(errors.gradient?.byInput);
  const constant = prepared(errors.gradient?.constant);
  return {
    place,
    byInput,
    constant,
    values: {
      byInput: byInput ? evaluateForm(byInput, moments) : 0,
      constant: constant ? evaluateForm(constant, moments) : 0,
    },
    logScale: errors.gradient?.scale ?? 0,
    errors,
  };
}
