/** The second answer: median and 10–90 % band over initialisations. */
import type { PredictedLayer } from '../prediction.ts';
import { alignment } from './alignment.ts';
import { errorsOfDraw, logErrorSquare, type Backpropagation, type LayerForm } from './backpropagation.ts';
import { addScaled } from './matrix.ts';
import { errorMoments, evaluateForm, prepareForm, type ErrorMoments } from './quadraticForm.ts';
import { quantile, variance } from './quantiles.ts';
import { rootMeanSquares } from './rootMeanSquares.ts';
import { spreadThrough, type NodeSpread } from './spread.ts';

/** Draws behind a band: whole multiples of the output's draws. */
const bandDraws = 128;
/** Draws whose alignment is looked at; one where a signal has many points. */
const alignmentDraws = 4;
const manyPoints = 64;
/** Above this variance of ln ‖∇‖² initialisations differ by decades. */
const wideVariance = 10;

/** `errorsFor` gives the output's errors where each draw's output is multiplied by a factor. */
export function bands(
  run: Backpropagation,
  errorsFor: (factors: Float64Array) => Float64Array,
): readonly PredictedLayer[] {
  const { nodes, last, drawn, weights } = run;
  const samples = weights.shares.length;
  const outputs = drawn.draws.draws;
  const count = Math.max(bandDraws, outputs);
  const alignments = nodes.map((_, node) => alignmentAt(run, node));
  const spread = spreadThrough(nodes, { draws: count, last, alignments, errors: run.nodeErrors });
  const factors = spread[last].signal.slice(0, outputs).map((deviation) => Math.exp(deviation / 2));
  const errors = { draws: drawn.draws, errors: errorsFor(factors) };
  const moments = Array.from({ length: outputs }, (_, draw) =>
    run.mixes ? run.meanMoments : errorMoments(errorsOfDraw(errors, draw), samples),
  );
  const extra = moments.map((_, draw) => (run.mixes ? relativeSize(run, errors.errors, draw) : 0));
  return rootMeanSquares(run).map((layer, index) => {
    const form = run.forms[index];
    const own = spread[form.place.parameters];
    const bases = logNormSquares(form, moments);
    const input = inputDeviation(run, form, spread);
    const logs = Float64Array.from(
      { length: count },
      (_, draw) => bases[draw % outputs] + extra[draw % outputs] + own.error[draw] + (input?.[draw] ?? 0),
    );
    const errorBases = moments.map((one) => logErrorSquare(form.errors.before, one, weights));
    const errorLogs = Float64Array.from(
      { length: count },
      (_, draw) => errorBases[draw % outputs] + extra[draw % outputs] + own.error[draw],
    );
    return {
      ...layer,
      norm: Math.exp(quantile(logs, 0.5) / 2),
      p10: Math.exp(quantile(logs, 0.1) / 2),
      p90: Math.exp(quantile(logs, 0.9) / 2),
      error: Math.exp(quantile(errorLogs, 0.5) / 2),
      wide: variance(logs) > wideVariance,
    };
  });
}

/** ln of the squared norm for each draw of the output, −∞ for an exact zero. */
function logNormSquares(
  { byInput, constant, logScale }: LayerForm,
  moments: readonly ErrorMoments[],
): number[] {
  const one = byInput ?? constant;
  if (one === undefined) return moments.map(() => -Infinity);
  const whole = one.matrix.slice();
  if (byInput !== undefined && constant !== undefined) addScaled(whole, constant.matrix, 1);
  const form = prepareForm(whole, one.weights);
  return moments.map((draw) => Math.log(evaluateForm(form, draw)) + logScale);
}

/** What the size of the layer's input adds, by the share of the gradient that grows with it. */
function inputDeviation(
  run: Backpropagation,
  { place, values }: LayerForm,
  spread: readonly NodeSpread[],
): Float64Array | undefined {
  const before = run.nodes[place.parameters].inputs[0];
  const total = values.byInput + values.constant;
  if (before === undefined || !(total > 0)) return undefined;
  return spread[before].signal.map((deviation) => (deviation * values.byInput) / total);
}

/** The alignment of a layer's gradient, averaged over a few draws of the output. */
function alignmentAt(run: Backpropagation, node: number): number | undefined {
  const { operation, inputs } = run.nodes[node];
  const error = run.nodeErrors[node].output;
  const before = inputs[0];
  if (operation.spread.type !== 'weights' || error === undefined || before === undefined) return undefined;
  const input = run.nodes[before].operation.signal.second;
  if (input.length !== error.values.length) return 1;
  if (run.mixes) return alignment(error.values, input);
  const points = Math.sqrt(input.length);
  const positions = points / run.weights.shares.length;
  const outputs = run.drawn.draws.draws;
  const chosen = points > manyPoints ? 1 : Math.min(alignmentDraws, outputs);
  let sum = 0;
  for (let index = 0; index < chosen; index++) {
    const draw = Math.floor((index * outputs) / chosen);
    const { products } = errorMoments(errorsOfDraw(run.drawn, draw), run.weights.shares.length);
    sum += alignment(weighted(error.values, products, positions), input) / chosen;
  }
  return sum;
}

/** Each entry times its samples' entry of `products`. */
function weighted(error: Float64Array, products: Float64Array, positions: number): Float64Array {
  const points = Math.sqrt(error.length);
  const samples = points / positions;
  const result = new Float64Array(error.length);
  for (let row = 0; row < points; row++) {
    const start = positions === 1 ? row * samples : Math.floor(row / positions) * samples;
    for (let column = 0; column < points; column++) {
      const other = positions === 1 ? column : Math.floor(column / positions);
      result[row * points + column] = error[row * points + column] * products[start + other];
    }
  }
  return result;
}

/** ln of how much larger one draw's errors are than on average: all that is said of a draw where samples mix. */
function relativeSize(run: Backpropagation, errors: Float64Array, draw: number): number {
  const size = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
  const { draws } = run.drawn;
  return Math.log((size(errorsOfDraw({ draws, errors }, draw)) * draws.draws) / size(run.drawn.errors));
}
