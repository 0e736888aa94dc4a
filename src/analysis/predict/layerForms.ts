/** The quadratic forms whose value at the output's errors is each layer's squared gradient norm, and their statistics over draws. */
import type { PredictedLayer } from '../prediction.ts';
import { alignment } from './alignment.ts';
import { runBackward, type NodeErrors, type ScaledMatrix } from './kernelRecursion.ts';
import { addScaled } from './matrix.ts';
import type { OutputDraws } from './output.ts';
import type { LayerPlace, ProgramNode } from './program.ts';
import {
  errorMoments,
  evaluateForm,
  prepareForm,
  type ErrorMoments,
  type PreparedForm,
} from './quadraticForm.ts';
import type { PairWeights } from './sampleChoice.ts';
import { gramOf } from './signal.ts';
import { spreadThrough } from './spread.ts';

/** Draws behind a band: whole multiples of the output's draws. */
const bandDraws = 128;
/** Draws whose alignment is looked at. */
const alignmentDraws = 4;
/** Above this variance of ln ‖∇‖² initialisations differ by decades. */
const wideVariance = 10;

export interface LayerFormsInput {
  readonly nodes: readonly ProgramNode[];
  readonly places: readonly LayerPlace[];
  /** The node whose signal is drawn as output. */
  readonly last: number;
  readonly draws: OutputDraws;
  /** draws x units x points: derivatives of each sample's loss. */
  readonly errors: Float64Array;
  readonly weights: PairWeights;
  readonly samples: number;
  /** Samples (or positions) of the output do not keep apart on the way back: the errors are sent through as a whole. */
  readonly mixes: boolean;
  readonly onNode: () => void;
}

interface LayerForm {
  readonly place: LayerPlace;
  /** Undefined where the gradient is zero in every draw. */
  readonly whole: PreparedForm | undefined;
  readonly byInput: PreparedForm | undefined;
  readonly logScale: number;
  readonly errors: NodeErrors;
}

/** Everything that the bands and the root mean squares have in common. */
export class LayerForms {
  private readonly input: LayerFormsInput;
  private readonly errors: readonly NodeErrors[];
  private readonly forms: readonly LayerForm[];
  private readonly meanMoments: ErrorMoments;

  constructor(input: LayerFormsInput) {
    this.input = input;
    const { nodes, places, last, draws, samples, mixes } = input;
    const products = new Float64Array(draws.points ** 2);
    let squaredSum = 0;
    for (let draw = 0; draw < draws.draws; draw++) {
      const moments = errorMoments(this.errorsOf(input.errors, draw), draws.points);
      addScaled(products, moments.products, 1 / draws.draws);
      squaredSum += moments.squaredSum / draws.draws;
    }
    this.meanMoments = mixes ? wholeMoments(samples) : { products, squaredSum };
    const start = mixes ? products : new Float64Array(draws.points ** 2).fill(1);
    this.errors = runBackward(nodes, last, start, input.onNode);
    this.forms = places.filter(({ layer }) => layer.parameters > 0).map((place) => this.formOf(place));
  }

  /** `norm` is the root mean square over initialisations. */
  rootMeanSquares(): readonly PredictedLayer[] {
    return this.forms.map((form, index) => {
      const norm = Math.exp(this.logNormSquare(form.whole, form.logScale, this.meanMoments) / 2);
      return {
        name: form.place.layer.name,
        norm,
        p10: norm,
        p90: norm,
        error: Math.exp(this.logErrorSquare(form.errors.output, this.meanMoments) / 2),
        decay: this.decayOf(index),
        wide: false,
      };
    });
  }

  /** Medians and bands; `errorsFor` gives the output's errors where each draw's output is multiplied by a factor. */
  bands(errorsFor: (factors: Float64Array) => Float64Array): readonly PredictedLayer[] {
    const { nodes, last, draws } = this.input;
    const count = Math.max(bandDraws, draws.draws);
    const spread = spreadThrough(nodes, {
      draws: count,
      last,
      alignments: nodes.map((_, node) => this.alignmentAt(node)),
      errors: this.errors,
    });
    const factors = spread[last]!.signal.slice(0, draws.draws).map((deviation) => Math.exp(deviation / 2));
    const errors = errorsFor(factors);
    const moments = Array.from({ length: draws.draws }, (_, draw) => this.momentsOf(errors, draw));
    const relative = moments.map((one) => (this.input.mixes ? this.relativeSize(errors, one.draw) : 0));
    return this.forms.map((form, index) => {
      const { place } = form;
      const own = spread[place.parameters]!;
      const before = nodes[place.parameters]!.inputs[0];
      const signal = before === undefined ? undefined : spread[before]!.signal;
      const share = this.inputShare(form);
      const bases = moments.map(
        (one, draw) => this.logNormSquare(form.whole, form.logScale, one) + relative[draw]!,
      );
      const errorBases = moments.map(
        (one, draw) => this.logErrorSquare(form.errors.output, one) + relative[draw]!,
      );
      const logs = Float64Array.from(
        { length: count },
        (_, draw) => bases[draw % draws.draws]! + own.error[draw]! + share * (signal?.[draw] ?? 0),
      );
      const errorLogs = Float64Array.from(
        { length: count },
        (_, draw) => errorBases[draw % draws.draws]! + own.error[draw]!,
      );
      return {
        name: place.layer.name,
        norm: Math.exp(quantile(logs, 0.5) / 2),
        p10: Math.exp(quantile(logs, 0.1) / 2),
        p90: Math.exp(quantile(logs, 0.9) / 2),
        error: Math.exp(quantile(errorLogs, 0.5) / 2),
        decay: this.decayOf(index),
        wide: varianceOf(logs) > wideVariance,
      };
    });
  }

  private formOf(place: LayerPlace): LayerForm {
    const errors = this.errors[place.parameters]!;
    const { gradient } = errors;
    const { samples, weights } = this.input;
    if (gradient === undefined) return { place, whole: undefined, byInput: undefined, logScale: 0, errors };
    const byInput = sumOverPositions(gradient.byInput, samples);
    const whole = sumOverPositions(gradient.constant, samples);
    addScaled(whole, byInput, 1);
    return {
      place,
      whole: prepareForm(whole, weights),
      byInput: prepareForm(byInput, weights),
      logScale: gradient.scale,
      errors,
    };
  }

  /** Share of the squared norm that moves with the size of the layer's input. */
  private inputShare({ whole, byInput }: LayerForm): number {
    if (whole === undefined || byInput === undefined) return 0;
    const total = evaluateForm(whole, this.meanMoments);
    return total > 0 ? Math.min(1, evaluateForm(byInput, this.meanMoments) / total) : 0;
  }

  /** ln of the squared norm; −∞ for an exact zero. */
  private logNormSquare(form: PreparedForm | undefined, logScale: number, moments: ErrorMoments): number {
    return form === undefined ? -Infinity : Math.log(evaluateForm(form, moments)) + logScale;
  }

  /** ln of the mean over samples of the squared error. */
  private logErrorSquare(error: ScaledMatrix | undefined, { products }: ErrorMoments): number {
    if (error === undefined) return -Infinity;
    const { samples } = this.input;
    const points = Math.sqrt(error.values.length);
    const positions = points / samples;
    let sum = 0;
    for (let point = 0; point < points; point++) {
      const sample = Math.floor(point / positions);
      sum += (error.values[point * (points + 1)]! * products[sample * (samples + 1)]!) / samples;
    }
    return Math.log(sum) + error.scale;
  }

  /** ‖∇ₗ‖²/‖∇ₗ₊₁‖² of the weight part, split by where the error changes: exact, whatever lies between the two layers. */
  private decayOf(index: number): PredictedLayer['decay'] {
    const own = this.forms[index]!;
    const next = this.forms[index + 1];
    if (next === undefined) return undefined;
    const outside = this.logErrorSquare(this.errors[own.place.output]!.output, this.meanMoments);
    const inside = this.logErrorSquare(own.errors.output, this.meanMoments);
    const gain = outside - this.logErrorSquare(next.errors.output, this.meanMoments);
    const derivative = inside - outside;
    const whole =
      this.logNormSquare(own.byInput, own.logScale, this.meanMoments) -
      this.logNormSquare(next.byInput, next.logScale, this.meanMoments);
    const parts = { gain, derivative, input: whole - gain - derivative };
    if (!Object.values(parts).every(Number.isFinite)) return undefined;
    return {
      gain: Math.exp(parts.gain),
      derivative: Math.exp(parts.derivative),
      input: Math.exp(parts.input),
    };
  }

  private alignmentAt(node: number): number | undefined {
    const { operation, inputs } = this.input.nodes[node]!;
    const error = this.errors[node]!.output;
    const before = inputs[0];
    if (operation.spread.type !== 'weights' || error === undefined || before === undefined) return undefined;
    const input = gramOf(this.input.nodes[before]!.operation.signal);
    if (input.length !== error.values.length) return 1;
    if (this.input.mixes) return alignment(error.values, input);
    const { samples, draws } = this.input;
    const points = Math.sqrt(input.length);
    const positions = points / samples;
    const chosen = Math.min(alignmentDraws, draws.draws);
    let sum = 0;
    for (let index = 0; index < chosen; index++) {
      const draw = Math.floor((index * draws.draws) / chosen);
      const { products } = errorMoments(this.errorsOf(this.input.errors, draw), samples);
      const weighted = error.values.map((entry, place) => {
        const row = Math.floor(Math.floor(place / points) / positions);
        const column = Math.floor((place % points) / positions);
        return entry * products[row * samples + column]!;
      });
      sum += alignment(weighted, input) / chosen;
    }
    return sum;
  }

  private errorsOf(errors: Float64Array, draw: number): Float64Array {
    const { units, points } = this.input.draws;
    return errors.subarray(draw * units * points, (draw + 1) * units * points);
  }

  private momentsOf(errors: Float64Array, draw: number): ErrorMoments & { readonly draw: number } {
    const moments = this.input.mixes
      ? this.meanMoments
      : errorMoments(this.errorsOf(errors, draw), this.input.samples);
    return { ...moments, draw };
  }

  /** ln of how much larger one draw's errors are than on average: all that is said of a draw where samples mix. */
  private relativeSize(errors: Float64Array, draw: number): number {
    const size = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
    return Math.log((size(this.errorsOf(errors, draw)) * this.input.draws.draws) / size(this.input.errors));
  }
}

/** Errors that are in the matrices already. */
function wholeMoments(samples: number): ErrorMoments {
  return { products: new Float64Array(samples * samples).fill(1), squaredSum: samples * samples };
}

/** points² → samples². */
function sumOverPositions(matrix: Float64Array, samples: number): Float64Array {
  const points = Math.sqrt(matrix.length);
  if (points === samples) return matrix.slice();
  const positions = points / samples;
  const sums = new Float64Array(samples * samples);
  for (let row = 0; row < points; row++) {
    const start = Math.floor(row / positions) * samples;
    for (let column = 0; column < points; column++) {
      sums[start + Math.floor(column / positions)]! += matrix[row * points + column]!;
    }
  }
  return sums;
}

/** Linear interpolation between order statistics, as numpy's default. */
function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low === high ? low : low + (place % 1) * (high - low);
}

function varianceOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  return finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length;
}
