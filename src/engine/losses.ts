import type { LossName, Shape, Target } from '../language/network.ts';
import type { TrainingData } from './data/prepare.ts';
import { codeLoss, phaseRows } from './kernels/assembly/codes.ts';
import type { Operation } from './program.ts';
import { matrixOf, type Tensor } from './tensor.ts';

/**
 * In the order of their numbers in `kernels/assembly/losses.ts`. `hinge` is max(0, 1 − t y) for one output with targets ±1,
 * and PyTorch's `MultiMarginLoss` for one output a class.
 */
const lossKinds = [
  'mse',
  'mae',
  'huber',
  'bce',
  'bce_with_logits',
  'cross_entropy',
  'hinge',
  'hinge of classes',
];

/** How a loss sees the targets: class indices, samples x rows, or numbers, samples x rows x features. */
export interface LossPlan {
  readonly kind: number;
  readonly indices: boolean;
  /** Terms of the mean for every sample. */
  readonly terms: number;
  readonly classes: boolean;
  /** The middle between two classes for a single output is ½, not 0. */
  readonly half: boolean;
}

/** What computes `loss` of a network's output against such targets. */
export function planLoss(loss: LossName, outputShape: Shape, target: Target): LossPlan {
  const { rows, features } = matrixOf(outputShape);
  const ofClasses = loss === 'hinge' && target.type === 'classes' && features > 1;
  const indices = loss === 'cross_entropy' || ofClasses;
  return {
    kind: lossKinds.indexOf(ofClasses ? 'hinge of classes' : loss),
    indices,
    terms: indices ? rows : rows * features,
    classes: target.type === 'classes',
    half: loss !== 'bce_with_logits' && loss !== 'hinge',
  };
}

/** The loss of `output`'s rows against the targets at an address; `sums` takes each block's losses and right answers. */
export function lossOperation(plan: LossPlan, output: Tensor, targets: number, sums: number): Operation {
  const { value, error, rows, features, stride } = output;
  const { kind, classes, half } = plan;
  return {
    code: codeLoss,
    phase: phaseRows,
    integers: [value, error, targets, rows, features, stride, kind, Number(classes), sums, Number(half)],
  };
}

/** Numbers that the targets of a sample take in memory. */
export function targetSize(plan: LossPlan, outputShape: Shape): number {
  const { rows, features } = matrixOf(outputShape);
  return plan.indices ? rows : rows * features;
}

/** The targets as the loss sees them: indices as they are, one-hot rows, ±1 for hinge, an image's values channels last. */
export function encodeTargets(
  loss: LossName,
  plan: LossPlan,
  outputShape: Shape,
  data: TrainingData,
): Float64Array {
  if (plan.indices) return data.targets;
  const { features } = matrixOf(outputShape);
  if (data.target.type === 'values') return channelsLast(data.targets, outputShape);
  if (features === 1) return loss === 'hinge' ? data.targets.map((label) => 2 * label - 1) : data.targets;
  const oneHot = new Float64Array(data.targets.length * features);
  data.targets.forEach((label, row) => {
    oneHot[row * features + label] = 1;
  });
  return oneHot;
}

/** Images from channels x height x width to height x width x channels; other shapes lie as they should. */
export function channelsLast(values: Float64Array, shape: Shape): Float64Array {
  const [channels, height, width] = shape;
  if (channels === undefined || height === undefined || width === undefined) return values;
  const pixels = height * width;
  const result = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += channels * pixels) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        result[start + pixel * channels + channel] = values[start + channel * pixels + pixel]!;
      }
    }
  }
  return result;
}

/**
 * The loss of the best constant answer on the training set: the labels' entropy, the targets' variance. Found from the
 * distribution of the targets in each entry of the output, since the entries' losses are independent of each other.
 */
export function constantLoss(
  loss: LossName,
  outputShape: Shape,
  plan: LossPlan,
  targets: Float64Array,
): number {
  if (plan.indices) return constantRowLoss(loss, matrixOf(outputShape), targets);
  const columns = targetSize(plan, outputShape);
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    const values = targets.filter((_, index) => index % columns === column);
    sum += constantEntryLoss(loss, values);
  }
  return sum / columns;
}

type EntryLoss = Exclude<LossName, 'cross_entropy'>;

function constantEntryLoss(loss: LossName, values: Float64Array): number {
  const average = (of: (value: number) => number): number =>
    values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const mean = average((value) => value);
  switch (loss as EntryLoss) {
    case 'mse':
      return average((value) => (value - mean) ** 2);
    case 'mae': {
      const middle = values.toSorted()[values.length >> 1];
      return average((value) => Math.abs(value - middle));
    }
    case 'huber':
      return huberAround(values);
    case 'bce':
    case 'bce_with_logits':
      return entropyTerm(mean) + entropyTerm(1 - mean);
    case 'hinge': {
      // Piecewise linear in the answer with kinks at ±1.
      const at = (answer: number): number => average((value) => Math.max(0, 1 - value * answer));
      return Math.min(at(-1), at(1));
    }
  }
}

/** The least mean Huber loss of a constant c: its derivative, the mean of the clipped differences, rises in c. */
function huberAround(values: Float64Array): number {
  let low = values.reduce((least, value) => Math.min(least, value), Infinity);
  let high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    const slope = values.reduce((sum, value) => sum + Math.max(-1, Math.min(1, middle - value)), 0);
    if (slope < 0) low = middle;
    else high = middle;
  }
  const one = (size: number): number => (size < 1 ? 0.5 * size * size : size - 0.5);
  return values.reduce((sum, value) => sum + one(Math.abs(value - low)), 0) / values.length;
}

/** Cross entropy: the entropy of the labels at each row. Hinge of classes: margin 1 for the commonest or for none. */
function constantRowLoss(
  loss: LossName,
  { rows, features }: { rows: number; features: number },
  targets: Float64Array,
): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const counts = new Float64Array(features);
    for (let index = row; index < targets.length; index += rows) counts[targets[index]] += 1;
    const shares = counts.map((count) => (count * rows) / targets.length);
    sum +=
      loss === 'cross_entropy'
        ? shares.reduce((total, share) => total + entropyTerm(share), 0)
        : constantMargin(shares);
  }
  return sum / rows;
}

/** Scores 1 for a set of the commonest classes and 0 for the rest are among the best constants of the multi-class hinge. */
function constantMargin(shares: Float64Array): number {
  const sorted = shares.toSorted().reverse();
  const classes = sorted.length;
  let best = (classes - 1) / classes;
  let inside = 0;
  for (let size = 1; size < classes; size++) {
    inside += sorted[size - 1];
    // A label inside the set pays 1 for each other member; outside 2 for each member and 1 for each other one.
    const loss = (inside * (size - 1) + (1 - inside) * (2 * size + classes - size - 1)) / classes;
    best = Math.min(best, loss);
  }
  return best;
}

function entropyTerm(share: number): number {
  return share > 0 ? -share * Math.log(share) : 0;
}
