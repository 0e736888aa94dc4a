/**
 * Draws the initial values of a parameter as PyTorch's `torch.nn.init` does, and says what `default` means for each
 * layer: what `torch.nn` gives it.
 *
 * For whoever builds a layer's parameters: `drawInitialValues(layer.init, { shape, ...fans(shape), default: defaultOf.… }, random)`
 * with the tensor's shape as PyTorch stores it, one `Random` of the stream `initialisation` for the whole network.
 */
import type { Initialiser } from '../language/network.ts';
import type { Random } from './random.ts';

/** A parameter to be drawn. */
export interface ParameterToDraw {
  /** As in PyTorch's `state_dict`: `[out, in]`, `[filters, channels, …kernel]`, packed gates `[4H, in]`, `[units]` for a bias. */
  readonly shape: readonly number[];
  /** Inputs and outputs of one unit; for a bias those of the weight beside it. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** What the initialiser `default` stands for here. */
  readonly default: Initialiser;
}

/** Fan-in and fan-out of a weight, as `torch.nn.init` counts them: sizes 1 and 0 times the receptive field (the kernel's area). */
export function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const [outputs, inputs, ...kernel] = shape;
  if (outputs === undefined || inputs === undefined) {
    throw new Error(`A weight has at least two dimensions, not ${shape.join('x')}`);
  }
  const receptiveField = product(kernel);
  return { fanIn: inputs * receptiveField, fanOut: outputs * receptiveField };
}

const zeros: Initialiser = { name: 'zeros' };
const ones: Initialiser = { name: 'ones' };

function within(bound: number): Initialiser {
  return { name: 'uniform', low: -bound, high: bound };
}

/** What `torch.nn` draws where nothing is written. */
export const defaultOf = {
  /** `nn.Linear`, `nn.Conv1d`, `nn.Conv2d`: kaiming_uniform(a = √5) for weights, which is U(±1/√fan-in), and the same for biases. */
  linear: (fanIn: number): Initialiser => within(1 / Math.sqrt(fanIn)),
  /** `nn.RNN`, `nn.LSTM`, `nn.GRU`: U(±1/√hidden) for every parameter. */
  recurrent: (hidden: number): Initialiser => within(1 / Math.sqrt(hidden)),
  /** `nn.Embedding`, positions included. */
  embedding: { name: 'normal', mean: 0, deviation: 1 } satisfies Initialiser,
  /** `nn.MultiheadAttention`, packed query, key and value weights `[3E, E]`; its biases are zero, its output weight is `linear(E)`. */
  attentionInput: { name: 'xavier_uniform', gain: 1 } satisfies Initialiser,
  attentionBias: zeros,
  /** Scale and shift of every normalisation. */
  scale: ones,
  shift: zeros,
} as const;

/** Row-major values of the parameter, in float64. */
export function drawInitialValues(
  initialiser: Initialiser,
  parameter: ParameterToDraw,
  random: Random,
): Float64Array {
  const values = new Float64Array(product(parameter.shape));
  const { fanIn, fanOut } = parameter;
  switch (initialiser.name) {
    case 'default':
      if (parameter.default.name === 'default') {
        throw new Error('The default of a parameter must be a distribution');
      }
      return drawInitialValues(parameter.default, parameter, random);
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'constant':
      return values.fill(initialiser.value);
    case 'uniform':
      return values.map(() => random.uniform(initialiser.low, initialiser.high));
    case 'normal':
      return values.map(() => random.normal(initialiser.mean, initialiser.deviation));
    case 'xavier_uniform':
    case 'xavier_normal':
    case 'kaiming_uniform':
    case 'kaiming_normal':
    case 'lecun_uniform':
    case 'lecun_normal': {
      const deviation = scaledDeviation(initialiser.name, initialiser.gain, fanIn, fanOut);
      // A uniform distribution on ±a has the standard deviation a/√3.
      const bound = Math.sqrt(3) * deviation;
      return initialiser.name.endsWith('_uniform')
        ? values.map(() => random.uniform(-bound, bound))
        : values.map(() => random.normal(0, deviation));
    }
    case 'orthogonal':
      return drawOrthogonal(parameter.shape, initialiser.gain, random);
    default:
      return initialiser satisfies never;
  }
}

type ScaledName = `${'xavier' | 'kaiming' | 'lecun'}_${'uniform' | 'normal'}`;

/** Glorot & Bengio 2010 eq. 16 (xavier), He et al. 2015 eq. 10 (kaiming), LeCun et al. 1998 eq. 16 (lecun). */
function scaledDeviation(name: ScaledName, gain: number, fanIn: number, fanOut: number): number {
  return name.startsWith('xavier_') ? gain * Math.sqrt(2 / (fanIn + fanOut)) : gain / Math.sqrt(fanIn);
}

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times `gain` (Saxe et al. 2014); a kernel counts as a
 * matrix of its first dimension by the rest, a bias as one row. PyTorch takes Q of the QR decomposition of a normal matrix
 * with the signs that make R's diagonal positive. Gram–Schmidt yields just that Q; going over each vector twice keeps it
 * orthogonal to rounding (Giraud et al. 2005, "twice is enough").
 */
function drawOrthogonal(shape: readonly number[], gain: number, random: Random): Float64Array {
  const rows = shape.length < 2 ? 1 : shape[0];
  const columns = product(shape) / rows;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = new Float64Array(length).map(() => random.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of vectors) {
        addMultiple(vector, earlier, -dot(vector, earlier));
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((entry) => entry / norm));
  }
  const values = new Float64Array(rows * columns);
  vectors.forEach((vector, index) => {
    vector.forEach((entry, position) => {
      const place = rows >= columns ? position * columns + index : index * columns + position;
      values[place] = gain * entry;
    });
  });
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    sum += a[index] * b[index];
  }
  return sum;
}

function addMultiple(target: Float64Array, source: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) {
    target[index] += factor * source[index];
  }
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
