import { answersOf } from '../answers.ts';
import type { DataFacts } from '../dataFacts.ts';
import type { DataSettings, LossName, NestedNumbers, NetworkInput, Shape, Target } from '../network.ts';

/** What the network makes of the data; the loss decides where whole numbers could be labels or measurements. */
interface Use {
  readonly input: NetworkInput;
  readonly loss: LossName;
  readonly outputShape: Shape;
}

/** The data from outside; undefined where only its files can tell. */
export function describeData(settings: DataSettings, use: Use): Omit<DataFacts, 'samples'> | undefined {
  const classes = (count: number, rows?: number): Target => ({
    type: 'classes',
    classes: count,
    ...(rows !== undefined && { rows }),
  });
  const values = (size: number): Target => ({ type: 'values', size });
  switch (settings.kind) {
    case 'moons':
    case 'xor':
    case 'spirals':
      return { inputShape: [2], target: classes(settings.classes) };
    case 'circles':
      return { inputShape: [2], target: classes(2) };
    case 'blobs':
      return { inputShape: [settings.features], target: classes(settings.classes) };
    case 'parity':
      return { inputShape: [settings.bits], target: classes(2) };
    case 'sine':
    case 'linear':
      return { inputShape: [settings.features], target: values(1) };
    case 'teacher':
      return { inputShape: use.input.shape, target: values(entriesOf(use.outputShape)) };
    case 'gaussian':
      return describeGaussian(settings.classes, use);
    case 'adding':
      return { inputShape: [settings.length, 2], target: values(1) };
    case 'copy':
      return {
        inputShape: [settings.length],
        vocabulary: settings.classes + 2,
        target: classes(settings.classes + 1, settings.length),
      };
    case 'recall':
      return {
        inputShape: [settings.length],
        vocabulary: 2 * settings.classes + 1,
        target: classes(settings.classes),
      };
    case 'digits':
      return { inputShape: [1, 8, 8], target: classes(10) };
    case 'mnist':
      return { inputShape: [1, 28, 28], target: classes(10) };
    case 'csv':
      return undefined;
    case 'inline':
      return describeInline(settings.inputs, settings.targets, use);
    default:
      return settings satisfies never;
  }
}

const entriesOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** Random targets fit what the loss wants. */
function describeGaussian(
  classes: number | undefined,
  { input, loss, outputShape }: Use,
): Omit<DataFacts, 'samples'> {
  const { rows, features } = answersOf(outputShape);
  const labels = (standard: number): Target => ({
    type: 'classes',
    classes: classes ?? standard,
    ...(rows !== 1 && { rows }),
  });
  const regression = loss === 'mse' || loss === 'mae' || loss === 'huber';
  const target: Target =
    regression && classes === undefined
      ? { type: 'values', size: entriesOf(outputShape) }
      : labels(loss === 'cross_entropy' ? features : Math.max(2, features));
  return {
    inputShape: input.shape,
    target,
    ...(input.vocabulary !== undefined && { vocabulary: input.vocabulary }),
  };
}

function describeInline(
  inputs: NestedNumbers,
  targets: NestedNumbers,
  { loss, outputShape }: Use,
): Omit<DataFacts, 'samples'> | undefined {
  const inputShape = shapeOfItem(inputs[0]);
  const targetShape = shapeOfItem(targets[0]);
  if (!inputShape || !targetShape) return undefined;
  const shape = inputShape.length === 0 ? [1] : inputShape;
  const size = entriesOf(targetShape);
  const measured: Target = { type: 'values', size };
  const numbers = flat(targets);
  if (!numbers.every((value) => Number.isInteger(value) && value >= 0))
    return { inputShape: shape, target: measured };
  const highest = numbers.reduce((most, value) => Math.max(most, value), 0);
  const labels = (least: number): Target => ({
    type: 'classes',
    classes: Math.max(highest + 1, least),
    ...(size !== 1 && { rows: size }),
  });
  const target = (): Target => {
    switch (loss) {
      case 'cross_entropy':
        return labels(1);
      case 'bce':
      case 'bce_with_logits':
      case 'hinge':
        return size === 1 ? labels(2) : measured;
      case 'mse':
      case 'mae':
      case 'huber':
        return targetShape.length === 0 && entriesOf(outputShape) > 1 ? labels(1) : measured;
      default:
        return loss satisfies never;
    }
  };
  return { inputShape: shape, target: target() };
}

/** Shape of one sample, from its first parts; undefined where there is none. */
function shapeOfItem(item: number | NestedNumbers | undefined): Shape | undefined {
  if (item === undefined) return undefined;
  const sizes: number[] = [];
  for (let inner: number | NestedNumbers | undefined = item; typeof inner === 'object'; inner = inner[0]) {
    sizes.push(inner.length);
  }
  return sizes;
}

const flat = (list: NestedNumbers): number[] =>
  list.flatMap((item) => (typeof item === 'number' ? item : flat(item)));
