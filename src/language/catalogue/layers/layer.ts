import type { Activation, Initialiser, Layer, Shape } from '../../network.ts';
import type { Span } from '../../syntax.ts';
import type { CatalogueEntry } from '../entry.ts';

/** What flows from one layer to the next: its shape, and for token indices the number of different ones. */
export interface Signal {
  readonly shape: Shape;
  readonly vocabulary: number | undefined;
  /** Which sizes are a guess, since a mistake stands in front: the last, all but the last and how many there are, or all. */
  readonly guessed?: 'last' | 'leading' | 'all' | undefined;
}

type WithoutPlace<Kind> = Kind extends Layer
  ? Omit<Kind, 'index' | 'name' | 'inputs' | 'inputShape' | 'line' | 'span' | 'repeat'>
  : never;

/** A layer as its own line determines it: all but its place in the network. */
export type LayerPlan = WithoutPlace<Layer>;

/** Why a layer cannot stand where it does. */
export interface LayerProblem {
  readonly rule: 'shape' | 'parameters';
  readonly message: string;
  /** Name of the argument to point at; the layer's kind otherwise. */
  readonly argument?: string;
  /** A line that would make it fit, put in front. */
  readonly before?: string;
  /** An argument of the line itself that would. */
  readonly setting?: { readonly name: string; readonly value: string };
}

/** The arguments of a layer line, checked against its entry: defaults are filled in. Asking for one that the entry lacks throws. */
export interface LayerArguments {
  integer(name: string): number;
  number(name: string): number;
  /** Undefined where it is neither written nor has a default. */
  optionalNumber(name: string): number | undefined;
  boolean(name: string): boolean;
  word(name: string): string;
  /** Sizes, one a dimension; undefined where it is neither written nor has a default. */
  sizes(name: string): readonly number[] | undefined;
  activation(name: string): Activation;
  initialiser(name: string): Initialiser;
}

/** For layers that take a second input: what it is and what the text calls it. */
export interface SecondInput {
  readonly signal: Signal;
  readonly label: string;
  readonly span: Span;
}

/** A kind of layer: its words, and the rule by which its shape and its number of parameters follow. */
export interface LayerEntry extends CatalogueEntry {
  /** A block in `{ }` follows. */
  readonly block?: boolean;
  readonly plan: (
    arguments_: LayerArguments,
    input: Signal,
    second: SecondInput | undefined,
  ) => LayerPlan | LayerProblem;
}

/** A shape as the language writes it: `16`, `50x8`, `1x28x28`. */
export function formatShape(shape: Shape): string {
  return shape.join('x');
}

/** The sentence for an input of the wrong kind: what the layer wants, what it gets, and what would help. */
export function wrongInput(
  kind: string,
  wanted: string,
  input: Signal,
  help: string,
  before?: string,
): LayerProblem {
  const got =
    input.vocabulary === undefined
      ? describeShape(input.shape)
      : `token indices (${formatShape(input.shape)} vocab=${input.vocabulary})`;
  const message = `\`${kind}\` wants ${wanted}, but gets ${got}. ${help}`;
  return { rule: 'shape', message, ...(before !== undefined && { before }) };
}

/** `a vector (16)`, `a sequence (50x8)`, `an image (1x28x28)`. */
export function describeShape(shape: Shape): string {
  const kinds = ['a vector', 'a sequence', 'an image'];
  return `${kinds[shape.length - 1] ?? 'an array'} (${formatShape(shape)})`;
}

/** For kinds that work on numbers: token indices have to be embedded first. Undefined where all is well. */
export function tokenProblem(kind: string, input: Signal): LayerProblem | undefined {
  if (input.vocabulary === undefined) return undefined;
  const before = `embedding ${input.vocabulary} 16`;
  return wrongInput(kind, 'numbers', input, `Put \`${before}\` in front.`, before);
}

/** Number of entries of a shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);
