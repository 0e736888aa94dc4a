/** Unrolls a network: every instance of every layer with its name, its inputs, its shapes and its parameters. */
import { layers as layerEntries } from './catalogue/layers.ts';
import type { LayerEntry, LayerPlan, SecondInput, Signal } from './catalogue/layers/layer.ts';
import { nearestWord } from './nearest.ts';
import type { Layer } from './network.ts';
import type { LayerLine, Span } from './syntax.ts';
import type { CheckContext } from './checking/context.ts';
import { fixesOf } from './checking/lineFixes.ts';
import type { PreparedLayer, PreparedLine, PreparedRepeat } from './checking/preparedLines.ts';
import { isEqual, planOf } from './checking/plans.ts';
import type { ResolvedArguments } from './checking/resolved.ts';
import { Scope, type Output } from './checking/scope.ts';
import { replaceBy } from './checking/replacement.ts';
import {
  isInPlace,
  isSpan,
  KnownLayers,
  type LayerPlace,
  type LayerStep,
} from './incremental/knownLayers.ts';

/** The layers as far as they could be planned. */
export interface Unrolled {
  readonly layers: readonly Layer[];
  /** What comes out at the end; undefined where that is not known. */
  readonly output: Signal | undefined;
  /** For the next check: every layer with how it came about, and behind them those that an earlier check got further with. */
  readonly steps: readonly LayerStep[];
}

type Repeat = NonNullable<Layer['repeat']>;

/** Lets the input flow through the lines; stops at the first that does not fit, which is reported. */
export function unroll(
  context: CheckContext,
  lines: readonly PreparedLine[],
  input: Signal,
  label: string | undefined,
  known = new KnownLayers(),
): Unrolled {
  const labels = new Map(labelledLines(lines));
  const unroller = new Unroller(context, labels, known);
  const scope = Scope.ofNetwork(new Set(label === undefined ? labels.keys() : [label, ...labels.keys()]));
  const begin: Output = { index: -1, signal: input };
  if (label !== undefined) scope.define(label, begin);
  const end = unroller.flow(lines, begin, scope, undefined);
  const { layers, steps } = unroller;
  return { layers, output: end?.signal, steps: known.follow(steps) };
}

/** The kinds of layers that name another by its label. */
const takingLabels: ReadonlySet<LayerEntry> = new Set(
  layerEntries.filter((entry) => entry.arguments.some(({ type }) => type.type === 'label')),
);

class Unroller {
  readonly layers: Layer[] = [];
  readonly steps: LayerStep[] = [];
  private readonly context: CheckContext;
  private readonly labels: ReadonlyMap<string, LayerLine>;
  private readonly known: KnownLayers;

  constructor(context: CheckContext, labels: ReadonlyMap<string, LayerLine>, known: KnownLayers) {
    this.context = context;
    this.labels = labels;
    this.known = known;
  }

  /** What comes out of the lines; undefined where it is not known. */
  flow(
    lines: readonly PreparedLine[],
    begin: Output,
    scope: Scope,
    repeat: Repeat | undefined,
  ): Output | undefined {
    let current: Output | undefined = begin;
    for (const prepared of lines) {
      if (!current) return undefined;
      if (prepared.type === 'unknown') return undefined;
      current =
        prepared.type === 'repeat'
          ? this.repeat(prepared, current, scope, repeat)
          : this.layer(prepared, current, scope, repeat, undefined);
      if (current && prepared.line.label) scope.define(prepared.line.label.text, current);
    }
    return current;
  }

  private repeat(
    prepared: PreparedRepeat,
    begin: Output,
    scope: Scope,
    outer: Repeat | undefined,
  ): Output | undefined {
    const { line, body } = prepared;
    // Of a wrong count one instance is looked at, for what is wrong inside.
    const count = prepared.count ?? 1;
    const [only] = body;
    const single = body.length === 1 && only?.type === 'layer' && !only.body ? only : undefined;
    let current: Output | undefined = begin;
    for (let instance = 1; instance <= count && current; instance++) {
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
    return prepared.count === undefined ? undefined : current;
  }

  private layer(
    prepared: PreparedLayer,
    begin: Output,
    scope: Scope,
    repeat: Repeat | undefined,
    givenName: string | undefined,
  ): Output | undefined {
    const { line, entry } = prepared;
    let main = begin;
    let second: (Output & SecondInput) | undefined;
    if (prepared.body) {
      const end = this.flow(prepared.body, begin, scope, repeat);
      if (!end) return undefined;
      main = end;
      second = { ...begin, label: entry.name, span: line.kind };
    }
    if (!prepared.arguments) return undefined;
    if (takingLabels.has(entry)) {
      second = this.labelled(line, prepared.arguments, scope);
      if (!second) return undefined;
    }
    const index = this.layers.length;
    const { written } = prepared.arguments;
    const arrives = main.signal;
    const before = this.known.at(index, written);
    const plan =
      before && !second && isEqual(before.arrives, arrives)
        ? before.plan
        : this.plan(prepared, prepared.arguments, arrives, second);
    if (!plan) return undefined;
    const place = { index, name: givenName ?? scope.layerName(entry.name, line.label), repeat };
    const stays =
      before?.plan === plan && isInPlace(before, main.index, place) && this.isAt(line, before.layer);
    const step = stays
      ? before
      : stepOf(
          plan,
          { written, arrives },
          { ...place, ...this.placeOf(line), inputs: second ? [main.index, second.index] : [main.index] },
        );
    this.layers.push(step.layer);
    this.steps.push(step);
    return step.output;
  }

  /** What the line makes of what arrives; undefined where it does not fit, which is reported. */
  private plan(
    prepared: PreparedLayer,
    written: ResolvedArguments,
    arrives: Signal,
    second: SecondInput | undefined,
  ): LayerPlan | undefined {
    const { line, entry } = prepared;
    const plan = planOf(entry, written, arrives, second);
    if (!('rule' in plan)) return plan;
    const place = (plan.argument !== undefined && written.spanOf(plan.argument)) || line.kind;
    const fixes = fixesOf(this.context.text, prepared, plan);
    this.context.diagnostics.add('shape', place, plan.message, { fixes });
    return undefined;
  }

  private labelled(
    line: LayerLine,
    written: ResolvedArguments,
    scope: Scope,
  ): (Output & SecondInput) | undefined {
    const label = written.word('label');
    const span = written.spanOf('label') ?? line.kind;
    const output = scope.find(label);
    if (output) return { ...output, label, span };
    const definition = this.labels.get(label);
    const nearest = definition ? undefined : nearestWord(label, this.labels.keys());
    const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
    const message = !definition
      ? `There is no label \`${label}\` in this network.${meant}`
      : definition.from > line.from || definition.to >= line.to
        ? `The layer \`${label}\` comes later: \`${line.kind.text}\` takes the output of an earlier one.`
        : `The label \`${label}\` is inside of a \`repeat\`, so that there are several of it: label the \`repeat\` itself to take its last output.`;
    this.context.diagnostics.add('unknown-label', span, message, {
      ...(nearest !== undefined && { fixes: [replaceBy(span, nearest)] }),
      ...(definition && {
        related: [{ from: definition.from, to: definition.to, message: `\`${label}\` is here.` }],
      }),
    });
    return undefined;
  }

  private isAt(line: LayerLine, layer: Layer): boolean {
    return isSpan(line, layer.span) && this.context.lineOf(line.from) === layer.line;
  }

  private placeOf(line: LayerLine): { line: number; span: Span } {
    return { line: this.context.lineOf(line.from), span: { from: line.from, to: line.to } };
  }
}

function stepOf(
  plan: LayerPlan,
  { written, arrives }: Pick<LayerStep, 'written' | 'arrives'>,
  place: LayerPlace & Pick<Layer, 'inputs' | 'line' | 'span'>,
): LayerStep {
  const layer: Layer = { ...plan, ...place, inputShape: arrives.shape };
  const signal = { shape: plan.outputShape, vocabulary: undefined };
  return { written, arrives, plan, layer, output: { index: place.index, signal } };
}

function labelledLines(
  lines: readonly PreparedLine[],
  found: [string, LayerLine][] = [],
): readonly [string, LayerLine][] {
  for (const prepared of lines) {
    const { label } = prepared.line;
    if (label) found.push([label.text, prepared.line]);
    if (prepared.type !== 'unknown' && prepared.body) labelledLines(prepared.body, found);
  }
  return found;
}
