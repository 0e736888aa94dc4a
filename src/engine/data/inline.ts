import { describeData } from '../../language/checking/describeData.ts';
import type { NestedNumbers, Shape } from '../../language/network.ts';
import { dataFailure, type ReadData } from './dataSet.ts';

/** Samples written in the file: `inputs` and `targets`, lists nested as deep as a sample's shape; plain whole numbers as targets are classes. */
export const readInline: ReadData<'inline'> = (settings, _files, use) => {
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
  const facts = describeData(settings, use);
  if (facts === undefined) {
    throw new Error('Nothing is known of samples that are written in the file');
  }
  return {
    ok: true,
    facts: { ...facts, samples: inputs.count },
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
  const shape = shapeOf(list[0]);
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
