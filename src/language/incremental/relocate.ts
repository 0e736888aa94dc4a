import type { NetworkAnalysis } from '../checking/network.ts';
import type { CheckedNetwork, DataSettings, Layer, NetworkInput } from '../network.ts';
import type { NetworkStatement } from '../syntax.ts';
import { moved, type Difference } from './difference.ts';

/** A line of the text with its place, as layers, inputs and data have it. */
interface Placed {
  readonly line: number;
  readonly span: { readonly from: number; readonly to: number };
}

/** What was found out about a network, in its new place. Layers are moved when they are asked for. */
export function relocate(
  analysis: NetworkAnalysis,
  statement: NetworkStatement,
  difference: Difference,
): NetworkAnalysis {
  return new RelocatedAnalysis(analysis, statement, difference);
}

class RelocatedAnalysis implements NetworkAnalysis {
  readonly statement: NetworkStatement;
  readonly outputShape: NetworkAnalysis['outputShape'];
  readonly train: NetworkAnalysis['train'];
  readonly dataFacts: NetworkAnalysis['dataFacts'];
  readonly trainable: boolean;
  private readonly origin: NetworkAnalysis;
  private readonly differences: readonly Difference[];
  private readonly done: { network?: CheckedNetwork | undefined; layers?: readonly Layer[] } = {};

  constructor(analysis: NetworkAnalysis, statement: NetworkStatement, difference: Difference) {
    const again =
      analysis instanceof RelocatedAnalysis && analysis.differences.length < mostSteps ? analysis : undefined;
    this.origin = again ? again.origin : analysis;
    this.differences = again ? [...again.differences, difference] : [difference];
    this.statement = statement;
    this.outputShape = analysis.outputShape;
    this.train = analysis.train;
    this.dataFacts = analysis.dataFacts;
    this.trainable = analysis.trainable;
  }

  get input(): NetworkInput | undefined {
    return this.origin.input && this.move(this.origin.input);
  }

  get data(): DataSettings | undefined {
    return this.origin.data && this.move(this.origin.data);
  }

  get layers(): readonly Layer[] {
    this.done.layers ??= this.origin.layers.map((layer) => {
      const { repeat } = layer;
      return { ...this.move(layer), repeat: repeat && this.move(repeat) };
    });
    return this.done.layers;
  }

  get network(): CheckedNetwork | undefined {
    const { network } = this.origin;
    if (!network) return undefined;
    this.done.network ??= {
      ...this.move(network),
      input: this.move(network.input),
      data: this.move(network.data),
      layers: this.layers,
    };
    return this.done.network;
  }

  private move<Part extends Placed>(part: Part): Part {
    let { line } = part;
    let { from, to } = part.span;
    for (const difference of this.differences) {
      const delta = moved(difference, from);
      if (from >= difference.oldTo) line += difference.lines;
      from += delta;
      to += delta;
    }
    return { ...part, line, span: { from, to } };
  }
}

/** After so many edits a move is carried out, so that the list of them stays short. */
const mostSteps = 32;
