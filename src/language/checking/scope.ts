import type { Name } from '../syntax.ts';
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

  /** `labels`: those of the whole network. No other layer is called like one of them. */
  static ofNetwork(labels: ReadonlySet<string>): Scope {
    return new Scope(undefined, new Naming('', labels, new Set()), false);
  }

  /** For one instance of an unlabelled `repeat`. */
  instance(): Scope {
    return new Scope(this, this.naming, true);
  }

  /** For one instance of a labelled `repeat`: its layers are called `prefix.…`. */
  labelledInstance(prefix: string): Scope {
    return new Scope(this, this.naming.within(`${prefix}.`), false);
  }

  /** The name of the next layer: its label, or its kind and number. */
  layerName(kind: string, label: Name | undefined): string {
    const { naming } = this;
    const number = naming.count(kind);
    if (!label) return naming.free(kind, number);
    return this.insideRepeat ? this.instanceName(label) : naming.prefix + label.text;
  }

  /** The name of the next instance of a label: `hidden[3]`. */
  instanceName(label: Name): string {
    const { naming } = this;
    return `${naming.prefix}${label.text}[${naming.count(`${label.text}[]`)}]`;
  }

  /** Counts a layer that takes its name from its `repeat`. */
  countKind(kind: string): void {
    this.naming.count(kind);
  }

  define(label: string, output: Output): void {
    this.outputs.set(label, output);
  }

  /** The labels that can be taken here, the latest first. */
  *latestFirst(): Generator<[string, Output]> {
    yield* [...this.outputs].reverse();
    if (this.parent) yield* this.parent.latestFirst();
  }

  find(label: string): Output | undefined {
    return this.outputs.get(label) ?? this.parent?.find(label);
  }
}

class Naming {
  readonly prefix: string;
  private readonly labels: ReadonlySet<string>;
  /** Names that are not what their number among their kind says, since a label has that one. */
  private readonly evasive: Set<string>;
  private readonly counts = new Map<string, { count: number }>();

  constructor(prefix: string, labels: ReadonlySet<string>, evasive: Set<string>) {
    this.prefix = prefix;
    this.labels = labels;
    this.evasive = evasive;
  }

  /** For layers whose names begin so; they are counted anew. */
  within(prefix: string): Naming {
    return new Naming(prefix, this.labels, this.evasive);
  }

  count(what: string): number {
    const counter = this.counts.get(what);
    if (counter) return ++counter.count;
    this.counts.set(what, { count: 1 });
    return 1;
  }

  /** `dense2`, or a later number where a label has that name. */
  free(kind: string, number: number): string {
    if (!this.isTaken(kind, number)) return this.nameOf(kind, number);
    let later = number + 1;
    while (this.isTaken(kind, later)) later++;
    const name = this.nameOf(kind, later);
    this.evasive.add(name);
    return name;
  }

  private isTaken(kind: string, number: number): boolean {
    return (
      (this.labels.size > 0 && this.labels.has(numbered(kind, number))) ||
      (this.evasive.size > 0 && this.evasive.has(this.nameOf(kind, number)))
    );
  }

  private nameOf(kind: string, number: number): string {
    const name = numbered(kind, number);
    return this.prefix === '' ? name : this.prefix + name;
  }
}

const numberedNames = new Map<string, string[]>();

/** `dense2`; made once, since the layers of a long network are named anew at every key. */
function numbered(kind: string, number: number): string {
  let names = numberedNames.get(kind);
  if (!names) {
    names = [];
    numberedNames.set(kind, names);
  }
  return (names[number] ??= `${kind}${number}`);
}
