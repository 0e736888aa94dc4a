import type { NestedNumbers, Shape, Target } from '../../language/network.ts';
import { dataFailure, sizeOf, type DataUse, type ReadKind } from './dataSet.ts';

/** Samples written in the file: `inputs` and `targets`, lists nested as deep as a sample's shape; plain whole numbers as targets are classes. */
export const readInline: ReadKind<'inline'> = (settings, { use }) => {
  const inputs = unnest(settings.inputs, 'inputs');
  const targets = unnest(settings.targets, 'targets');
  if (!inputs.ok || !targets.ok) {
    const message = inputs.ok ? (targets as Ragged).message : inputs.message;
    return dataFailure(settings, 'data-shape', message);
  }
  if (inputs.count !== targets.count) {
    return dataFailure(
      settings,
      'data-shape',
      `There are ${inputs.count} inputs and ${targets.count} targets; every input needs one target.`,
    );
  }
  const target = inlineTarget(targets, use);
  return {
    ok: true,
    facts: { inputShape: inputs.shape.length === 0 ? [1] : inputs.shape, target, samples: inputs.count },
    samples: () => ({ inputs: Float64Array.from(inputs.values), targets: Float64Array.from(targets.values) }),
    notes: [],
  };
};

interface Unnested {
  readonly ok: true;
  readonly count: number;
  /** Shape of one item; empty where the items are plain numbers. */
  readonly shape: Shape;
  readonly values: readonly number[];
}

interface Ragged {
  readonly ok: false;
  readonly message: string;
}

/** The numbers of a nested list in one row, if all its parts have one shape. */
function unnest(list: NestedNumbers, name: string): Unnested | Ragged {
  if (list.length === 0) {
    return { ok: false, message: `\`${name}\` is empty; it needs at least one sample.` };
  }
  const shape = shapeOf(list[0]!);
  const values: number[] = [];
  for (const [index, item] of list.entries()) {
    if (!append(item, shape, values)) {
      return {
        ok: false,
        message: `${name}[${index}] is not of the shape of ${name}[0], ${describeShape(shape)}.`,
      };
    }
  }
  return { ok: true, count: list.length, shape, values };
}

function shapeOf(item: number | NestedNumbers): Shape {
  const sizes: number[] = [];
  for (let inner: number | NestedNumbers | undefined = item; typeof inner === 'object'; inner = inner[0]) {
    sizes.push(inner.length);
  }
  return sizes;
}

/** Appends the item's numbers to `values`; false where its shape is another. */
function append(item: number | NestedNumbers, shape: Shape, values: number[]): boolean {
  const [size, ...rest] = shape;
  if (typeof item === 'number') {
    values.push(item);
    return size === undefined;
  }
  return size !== undefined && item.length === size && item.every((part) => append(part, rest, values));
}

function describeShape(shape: Shape): string {
  return shape.length === 0 ? 'a plain number' : `a list of ${shape.join(' x ')}`;
}

/** Whether the targets are labels or measurements: the loss decides; without one, plain whole numbers are labels. */
function inlineTarget({ shape, values }: Unnested, use: DataUse | undefined): Target {
  const size = sizeOf(shape);
  const measured: Target = { type: 'values', size };
  if (!values.every((value) => Number.isInteger(value) && value >= 0)) {
    return measured;
  }
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  const labels = (classes: number): Target => ({
    type: 'classes',
    classes,
    ...(size === 1 ? {} : { rows: size }),
  });
  switch (use?.loss) {
    case undefined:
      return shape.length === 0 ? labels(highest + 1) : measured;
    case 'cross_entropy':
      return labels(Math.max(highest + 1, use!.outputShape.at(-1) ?? 1));
    case 'bce':
    case 'bce_with_logits':
    case 'hinge':
      return size === 1 ? labels(Math.max(highest + 1, 2)) : measured;
    case 'mse':
    case 'mae':
    case 'huber':
      return shape.length === 0 && sizeOf(use!.outputShape) > 1
        ? labels(Math.max(highest + 1, sizeOf(use!.outputShape)))
        : measured;
    default:
      return use!.loss satisfies never;
  }
}
