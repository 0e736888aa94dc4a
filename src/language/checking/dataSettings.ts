import type { DataKind, DataSettings, NestedNumbers, NetworkInput } from '../network.ts';
import type { Span } from '../syntax.ts';
import type { ResolvedArguments } from './resolved.ts';

/** `samples` where a file says how many there are. */
const asManyAsThereAre = 1_000_000_000;

/** The settings of a kind of data, with what follows from the network's input filled in. */
export function dataSettingsOf(
  data: ResolvedArguments,
  input: Pick<NetworkInput, 'shape'>,
  place: { readonly line: number; readonly span: Span },
): DataSettings {
  const kind = data.entry.name as DataKind;
  const given = (name: string): number | undefined => (data.value(name) ? data.integer(name) : undefined);
  const [first] = input.shape;
  const entries = input.shape.reduce((product, size) => product * size, 1);
  const common = {
    samples: given('samples') ?? asManyAsThereAre,
    seed: data.integer('seed'),
    split: data.number('split'),
    ...place,
  };
  switch (kind) {
    case 'moons':
    case 'xor':
      return { kind, ...common, noise: data.number('noise'), classes: 2 };
    case 'spirals':
      return { kind, ...common, noise: data.number('noise'), classes: data.integer('classes') };
    case 'circles':
      return { kind, ...common, noise: data.number('noise'), factor: data.number('factor') };
    case 'blobs':
      return {
        kind,
        ...common,
        classes: data.integer('classes'),
        deviation: data.number('std'),
        features: given('features') ?? entries,
      };
    case 'parity':
      return { kind, ...common, bits: given('bits') ?? entries };
    case 'sine':
    case 'linear':
      return { kind, ...common, noise: data.number('noise'), features: given('features') ?? entries };
    case 'teacher':
      return { kind, ...common, noise: data.number('noise'), hidden: data.integer('hidden') };
    case 'gaussian':
      return { kind, ...common, classes: given('classes') };
    case 'adding':
      return { kind, ...common, length: given('length') ?? first ?? 1, classes: 1 };
    case 'copy':
    case 'recall':
      return { kind, ...common, length: given('length') ?? first ?? 1, classes: data.integer('classes') };
    case 'digits':
      return { kind, ...common };
    case 'mnist':
      return { kind, ...common, path: data.word('path') };
    case 'csv':
      return {
        kind,
        ...common,
        path: data.word('path'),
        target: columnsOf(data),
        header: data.boolean('header'),
        normalize: data.word('normalize') as 'standard' | 'minmax' | 'none',
      };
    case 'inline':
      return { kind, ...common, inputs: numbersOf(data, 'inputs'), targets: numbersOf(data, 'targets') };
    default:
      return kind satisfies never;
  }
}

function columnsOf(data: ResolvedArguments): readonly string[] {
  const value = data.value('target');
  if (value?.type !== 'texts') throw new Error('A target without columns passed the check');
  return value.value;
}

function numbersOf(data: ResolvedArguments, name: string): NestedNumbers {
  const value = data.value(name);
  if (value?.type !== 'numbers') throw new Error(`\`${name}\` without numbers passed the check`);
  return value.value;
}
