import type { CatalogueEntry } from '../catalogue/entry.ts';
import type { LayerArguments } from '../catalogue/layers/layer.ts';
import type { Activation, Initialiser, NestedNumbers } from '../network.ts';
import type { Span } from '../syntax.ts';
import { activationOf, initialiserOf } from './conversions.ts';
import { defaultValue } from './defaults.ts';

/** A value that was found to be of its argument's type. */
export type ResolvedValue =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** A word, a string, a label or a path. */
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'sizes'; readonly value: readonly number[] }
  | { readonly type: 'texts'; readonly value: readonly string[] }
  | { readonly type: 'numbers'; readonly value: NestedNumbers }
  /** A word or call from another catalogue. */
  | { readonly type: 'call'; readonly entry: CatalogueEntry; readonly arguments: ResolvedArguments };

/** A value together with the place where it was written. */
export interface WrittenValue {
  readonly value: ResolvedValue;
  readonly span: Span;
}

/** The arguments of one line or call. What was not written has its default; asking for what the entry lacks is a bug and throws. */
export class ResolvedArguments implements LayerArguments {
  readonly entry: CatalogueEntry;
  /** The same object wherever the same text was remembered. */
  readonly written: ReadonlyMap<string, WrittenValue>;

  /** How far the text has moved since its places were noted. */
  private readonly offset: number;

  constructor(entry: CatalogueEntry, written: ReadonlyMap<string, WrittenValue>, offset = 0) {
    this.entry = entry;
    this.written = written;
    this.offset = offset;
  }

  /** The same arguments, written so much further on. */
  moved(delta: number): ResolvedArguments {
    return delta === 0 ? this : new ResolvedArguments(this.entry, this.written, this.offset + delta);
  }

  /** Where the argument was written; undefined where it was not. */
  spanOf(name: string): Span | undefined {
    const span = this.written.get(name)?.span;
    return span && { from: span.from + this.offset, to: span.to + this.offset };
  }

  /** The argument's value or default; undefined where there is neither. */
  value(name: string): ResolvedValue | undefined {
    const written = this.written.get(name);
    if (written) return written.value;
    for (const argument of this.entry.arguments) if (argument.name === name) return defaultValue(argument);
    throw new Error(`\`${this.entry.name}\` has no argument \`${name}\``);
  }

  integer(name: string): number {
    return this.number(name);
  }

  number(name: string): number {
    const value = this.value(name);
    return value?.type === 'number' ? value.value : this.fail(name, value);
  }

  optionalNumber(name: string): number | undefined {
    return this.value(name) === undefined ? undefined : this.number(name);
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    return value?.type === 'boolean' ? value.value : this.fail(name, value);
  }

  word(name: string): string {
    const value = this.value(name);
    return value?.type === 'text' ? value.value : this.fail(name, value);
  }

  sizes(name: string): readonly number[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return value.type === 'sizes' ? value.value : this.fail(name, value);
  }

  activation(name: string): Activation {
    return activationOf(this.unmovedCall(name));
  }

  initialiser(name: string): Initialiser {
    return initialiserOf(this.unmovedCall(name));
  }

  /** The arguments of the word or call that is the value. */
  call(name: string): ResolvedArguments {
    return this.unmovedCall(name).moved(this.offset);
  }

  private unmovedCall(name: string): ResolvedArguments {
    const value = this.value(name);
    return value?.type === 'call' ? value.arguments : this.fail(name, value);
  }

  private fail(name: string, value: ResolvedValue | undefined): never {
    throw new Error(`\`${this.entry.name}\` was asked for \`${name}\`, which is ${JSON.stringify(value)}`);
  }
}
