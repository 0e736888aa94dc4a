import type { LayerLine, Name } from '../syntax.ts';
import type { Signal } from '../catalogue/layers/layer.ts';

/** Where a labelled output can be taken from. */
export interface Output {
  /** Position of the layer; −1 is the network's input. */
  readonly index: number;
  readonly signal: Signal;
}

/**
 * Names and labels within a network, or within one instance of a labelled `repeat`. Instances of an unlabelled `repeat`
 * have a scope for labels alone: their layers are numbered on.
 */
export class Scope {
  private readonly parent: Scope | undefined;
  private readonly naming: Naming;
  private readonly outputs = new Map<string, Output>();
  private readonly insideRepeat: boolean;

  private constructor(parent: Scope | undefined, naming: Naming, insideRepeat: boolean) {
    this.parent = parent;
    this.naming = naming;
    this.insideRepeat = insideRepeat;
  }

  static ofNetwork(): Scope {
    return new Scope(undefined, new Naming('', new Set()), false);
  }

  /** For one instance of an unlabelled `repeat`. */
  instance(): Scope {
    return new Scope(this, this.naming, true);
  }

  /** For one instance of a labelled `repeat`: its layers are called `prefix.…`. */
  labelledInstance(prefix: string): Scope {
    return new Scope(this, new Naming(`${prefix}.`, this.naming.taken), false);
  }

  /** The name of a layer: its label, or its kind and number. */
  layerName(line: LayerLine): string {
    const { naming } = this;
    const number = naming.count(line.kind.text);
    if (!line.label) return naming.free(line.kind.text, number);
    return this.insideRepeat ? this.instanceName(line.label) : naming.take(naming.prefix + line.label.text);
  }

  /** The name of the next instance of a label: `hidden[3]`. */
  instanceName(label: Name): string {
    const { naming } = this;
    return naming.take(`${naming.prefix}${label.text}[${naming.count(`${label.text}[]`)}]`);
  }

  /** Counts a layer that takes its name from its `repeat`. */
  countKind(kind: string): void {
    this.naming.count(kind);
  }

  define(label: string, output: Output): void {
    this.outputs.set(label, output);
  }

  find(label: string): Output | undefined {
    return this.outputs.get(label) ?? this.parent?.find(label);
  }
}

class Naming {
  readonly prefix: string;
  readonly taken: Set<string>;
  private readonly counts = new Map<string, number>();

  constructor(prefix: string, taken: Set<string>) {
    this.prefix = prefix;
    this.taken = taken;
  }

  count(what: string): number {
    const number = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, number);
    return number;
  }

  take(name: string): string {
    this.taken.add(name);
    return name;
  }

  /** `dense2`, or a later number where a label has taken that name. */
  free(kind: string, number: number): string {
    let name = `${this.prefix}${kind}${number}`;
    while (this.taken.has(name)) name = `${this.prefix}${kind}${++number}`;
    return this.take(name);
  }
}
