/** Unrolls a network: every instance of every layer with its name, its inputs, its shapes and its parameters. */
import { layers as layerEntries } from './catalogue/layers.ts';
import type { LayerEntry, SecondInput, Signal } from './catalogue/layers/layer.ts';
import type { Layer } from './network.ts';
import type { LayerLine, Span } from './syntax.ts';
import type { CheckContext } from './checking/context.ts';
import { flowThrough, isEqual, type Flow } from './checking/flow.ts';
import { anyShapes, guessBehind } from './checking/guesses.ts';
import { reportLabel } from './checking/labels.ts';
import { fixesOf } from './checking/lineFixes.ts';
import type { PreparedBlock, PreparedLayer, PreparedLine, PreparedRepeat } from './checking/preparedLines.ts';
import type { ResolvedArguments } from './checking/resolved.ts';
import { Scope, type Output } from './checking/scope.ts';
import { isSameStep, type LayerStep } from './checking/steps.ts';
import { KnownLayers } from './incremental/knownLayers.ts';

/** The layers as far as they could be planned. */
export interface Unrolled {
  readonly steps: readonly LayerStep[];
  /** What comes out at the end; undefined where that is not known. */
  readonly output: Signal | undefined;
  /** Layers behind a mistake, by their positions: which sizes of what they get are a guess. */
  readonly guessed: Guesses;
  /** Whether every line has its layer. */
  readonly whole: boolean;
  /** Whether the last line has its layer. */
  readonly ended: boolean;
  /** For the next check: the steps, and behind them those that an earlier check got further with. */
  readonly remembered: readonly LayerStep[];
}

/** Layers whose input is a guess, by their positions. */
export type Guesses = ReadonlyMap<number, Signal['guessed']>;

type Repeat = NonNullable<Layer['repeat']>;

/** Lets the input flow through the lines; behind one that does not fit, which is reported, a guess flows on. */
export function unroll(
  context: CheckContext,
  block: PreparedBlock,
  input: Signal,
  known = new KnownLayers(),
): Unrolled {
  const unroller = new Unroller(context, block, known);
  const scope = Scope.ofNetwork(block.labels);
  const label = block.input?.line.label?.text;
  const begin: Output = { index: -1, signal: input };
  if (label !== undefined) scope.define(label, begin);
  const end = unroller.flow(block.lines, begin, scope, undefined);
  const { steps, guessed, whole, ended } = unroller;
  const output = ended && end.signal.guessed === undefined ? end.signal : undefined;
  return { steps, output, guessed, whole, ended, remembered: known.follow(steps) };
}

/** The kinds of layers that name another by its label. */
const takingLabels: ReadonlySet<LayerEntry> = new Set(
  layerEntries.filter((entry) => entry.arguments.some(({ type }) => type.type === 'label')),
);

class Unroller {
  readonly steps: LayerStep[] = [];
  readonly guessed = new Map<number, Signal['guessed']>();
  whole = true;
  ended = false;
  private readonly context: CheckContext;
  private readonly block: PreparedBlock;
  private readonly known: KnownLayers;

  constructor(context: CheckContext, block: PreparedBlock, known: KnownLayers) {
    this.context = context;
    this.block = block;
    this.known = known;
  }

  /** What comes out of the lines. */
  flow(lines: readonly PreparedLine[], begin: Output, scope: Scope, repeat: Repeat | undefined): Output {
    let current = begin;
    for (const prepared of lines) {
      current = this.line(prepared, current, scope, repeat);
      if (prepared.line.label) scope.define(prepared.line.label.text, current);
    }
    return current;
  }

  private line(prepared: PreparedLine, begin: Output, scope: Scope, repeat: Repeat | undefined): Output {
    switch (prepared.type) {
      case 'unknown':
        return this.breakOff(this.flow(prepared.body, begin, scope.instance(), repeat), prepared.meant);
      case 'repeat':
        return this.repeat(prepared, begin, scope, repeat);
      case 'layer':
        return this.layer(prepared, begin, scope, repeat, undefined);
      default:
        return prepared satisfies never;
    }
  }

  private repeat(prepared: PreparedRepeat, begin: Output, scope: Scope, outer: Repeat | undefined): Output {
    const { line, body } = prepared;
    // Of a wrong count one instance is looked at, for what is wrong inside.
    const count = prepared.count ?? 1;
    const [only] = body;
    const single = body.length === 1 && only?.type === 'layer' && !only.body ? only : undefined;
    let current = begin;
    for (let instance = 1; instance <= count; instance++) {
      const repeat = outer ?? { ...this.placeOf(line), instance, count };
      if (!line.label) current = this.flow(body, current, scope.instance(), repeat);
      else {
        const name = scope.instanceName(line.label);
        if (single) {
          scope.countKind(single.entry.name);
          current = this.layer(single, current, scope.instance(), repeat, name);
        } else current = this.flow(body, current, scope.labelledInstance(name), repeat);
      }
    }
    if (prepared.count !== undefined) return current;
    this.whole = false;
    return { ...current, signal: guessBehind(current.signal, undefined) };
  }

  private layer(
    prepared: PreparedLayer,
    begin: Output,
    scope: Scope,
    repeat: Repeat | undefined,
    givenName: string | undefined,
  ): Output {
    const { line, entry } = prepared;
    let main = begin;
    let second: (Output & SecondInput) | undefined;
    if (prepared.body) {
      main = this.flow(prepared.body, begin, scope, repeat);
      second = { ...begin, label: entry.name, span: line.kind };
    }
    if (!prepared.arguments) return this.breakOff(main, entry);
    if (takingLabels.has(entry)) {
      second = this.labelled(prepared, prepared.arguments, main, scope);
      if (!second) return this.breakOff(main, entry);
    }
    const index = this.steps.length;
    const before = this.known.at(index, prepared.arguments.written);
    const signal: Signal = second?.signal.guessed ? { ...main.signal, guessed: 'all' } : main.signal;
    const flow =
      before && !second && isEqual(before.flow.arrives, signal)
        ? before.flow
        : this.fit(prepared, prepared.arguments, signal, second);
    if (!flow) return this.breakOff(main, entry);
    const name = givenName ?? scope.layerName(entry.name, line.label);
    const step: LayerStep = {
      prepared,
      line: this.context.lineOf(line.from),
      flow,
      index,
      name,
      main: main.index,
      second: second?.index,
      repeat,
    };
    this.steps.push(before && isSameStep(before, step) ? before : step);
    if (flow.arrives.guessed) this.guessed.set(index, flow.arrives.guessed);
    this.ended = true;
    return { index, signal: flow.leaves };
  }

  /** Goes on without the layer of a line. */
  private breakOff({ index, signal }: Output, entry: LayerEntry | undefined): Output {
    this.whole = false;
    this.ended = false;
    return { index, signal: guessBehind(signal, entry) };
  }

  /**
   * What the line makes of what arrives; undefined where it does not fit, which is reported. A guess that does not fit is
   * replaced by one that does.
   */
  private fit(
    prepared: PreparedLayer,
    written: ResolvedArguments,
    arrives: Signal,
    second: SecondInput | undefined,
  ): Flow | undefined {
    const { line, entry } = prepared;
    const flow = flowThrough(entry, written, arrives, second);
    if (!('rule' in flow)) return flow;
    if (arrives.guessed === undefined) {
      const place = (flow.argument !== undefined && written.spanOf(flow.argument)) || line.kind;
      const fixes = fixesOf(this.context.text, prepared, flow);
      this.context.diagnostics.add('shape', place, flow.message, { fixes });
      return undefined;
    }
    if (second) return undefined;
    for (const signal of anyShapes) {
      const other = flowThrough(entry, written, signal, undefined);
      if (!('rule' in other)) return other;
    }
    return undefined;
  }

  private labelled(
    prepared: PreparedLayer,
    written: ResolvedArguments,
    main: Output,
    scope: Scope,
  ): (Output & SecondInput) | undefined {
    const label = written.word('label');
    const span = written.spanOf('label') ?? prepared.line.kind;
    const output = scope.find(label);
    if (output) return { ...output, label, span };
    reportLabel(this.context, this.block, { prepared, written, label, span, main, scope });
    return undefined;
  }

  private placeOf(line: LayerLine): { line: number; span: Span } {
    return { line: this.context.lineOf(line.from), span: { from: line.from, to: line.to } };
  }
}
