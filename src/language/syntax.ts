/**
 * The abstract syntax of a `.vgnet` file: what `parse` makes of the text, before anything is known about meaning.
 *
 * Every node carries its span, so that each diagnostic, hover and edit can name an exact place. A node whose text is
 * incomplete still exists: the missing part is `undefined` and a syntax diagnostic says what was expected there.
 */

/** Half-open range of UTF-16 offsets into the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A word as written, with its place. */
export interface Name extends Span {
  readonly type: 'name';
  readonly text: string;
}

export interface NumberValue extends Span {
  readonly type: 'number';
  readonly value: number;
}

/** `1x28x28`: at least two sizes. */
export interface ShapeValue extends Span {
  readonly type: 'shape';
  readonly sizes: readonly number[];
}

export interface StringValue extends Span {
  readonly type: 'string';
  readonly value: string;
}

export interface BooleanValue extends Span {
  readonly type: 'boolean';
  readonly value: boolean;
}

/** `normal(0, 0.01)` or `sgd(lr=0.1)`. */
export interface CallValue extends Span {
  readonly type: 'call';
  readonly callee: Name;
  readonly positional: readonly Value[];
  readonly named: readonly NamedArgument[];
}

export interface ListValue extends Span {
  readonly type: 'list';
  readonly items: readonly Value[];
}

export type Value = Name | NumberValue | ShapeValue | StringValue | BooleanValue | CallValue | ListValue;

/** `NAME = VALUE` inside a call or on a layer line. */
export interface NamedArgument extends Span {
  readonly type: 'named-argument';
  readonly name: Name;
  readonly value: Value | undefined;
}

/** `NAME = VALUE` as a statement inside `data`, `train` or `analyze`. */
export interface Setting extends Span {
  readonly type: 'setting';
  readonly name: Name;
  readonly value: Value | undefined;
}

export interface LetStatement extends Span {
  readonly type: 'let';
  readonly name: Name | undefined;
  readonly value: Value | undefined;
}

/** `[LABEL:] KIND POSITIONAL* NAME=VALUE* [{ … }]`; `input`, `repeat`, `residual`, `add` and `concat` are layer lines too. */
export interface LayerLine extends Span {
  readonly type: 'layer';
  readonly label: Name | undefined;
  /** Empty where it cannot be read, which was reported. */
  readonly kind: Name;
  readonly positional: readonly Value[];
  readonly named: readonly NamedArgument[];
  readonly block: LayerBlock | undefined;
}

export interface LayerBlock extends Span {
  readonly type: 'block';
  readonly lines: readonly (LayerLine | SettingsBlock)[];
}

/** `data KIND { … }`, `train { … }` or `analyze { … }`. */
export interface SettingsBlock extends Span {
  readonly type: 'data' | 'train' | 'analyze';
  /** The word `data`, `train` or `analyze` itself. */
  readonly keyword: Span;
  /** The KIND of a `data` block. */
  readonly kind: Name | undefined;
  readonly settings: readonly Setting[];
}

export interface NetworkStatement extends Span {
  readonly type: 'network';
  readonly keyword: Span;
  readonly name: Name | undefined;
  readonly block: LayerBlock | undefined;
}

export type Statement = LetStatement | NetworkStatement | SettingsBlock;

export interface FileSyntax extends Span {
  readonly type: 'file';
  readonly statements: readonly Statement[];
}
