import type { NetworkAnalysis } from '../checking/analysis.ts';
import type { CheckedNetwork, DataSettings, Layer, NetworkInput } from '../network.ts';
import type { NetworkStatement, Span } from '../syntax.ts';
import { moved, type Difference } from './difference.ts';

/** A line of the text with its place, as layers, inputs and data have it. */
interface Placed {
  readonly line: number;
  readonly span: { readonly from: number; readonly to: number };
}

/** How far a statement has moved that no edit has touched. */
interface Distance {
  readonly offset: number;
  readonly lines: number;
}

const nowhere: Distance = { offset: 0, lines: 0 };

/** What was found out about a network, in its new place. Layers are moved when they are asked for. */
export function relocate(
  analysis: NetworkAnalysis,
  statement: NetworkStatement,
  difference: Difference,
): NetworkAnalysis {
  const { origin, own, data } =
    analysis instanceof RelocatedAnalysis ? analysis.path : { origin: analysis, own: nowhere, data: nowhere };
  const path = {
    origin,
    own: further(own, difference, analysis.statement.from),
    data: origin.data ? further(data, difference, origin.data.span.from + data.offset) : data,
  };
  const stays = path.own === own && path.data === data && statement === analysis.statement;
  return stays ? analysis : new RelocatedAnalysis(path, statement);
}

/** Moves add up, so that the thousandth edit costs what the first did. */
function further(distance: Distance, difference: Difference, at: number): Distance {
  if (at < difference.oldTo) return distance;
  const offset = moved(difference, at);
  if (offset === 0 && difference.lines === 0) return distance;
  return { offset: distance.offset + offset, lines: distance.lines + difference.lines };
}

/** From where an analysis was made to where its network and the data of it are now, which need not stand in it. */
interface Path {
  readonly origin: NetworkAnalysis;
  readonly own: Distance;
  readonly data: Distance;
}

class RelocatedAnalysis implements NetworkAnalysis {
  readonly statement: NetworkStatement;
  readonly path: Path;
  private readonly done: { network?: CheckedNetwork | undefined; layers?: readonly Layer[] } = {};

  constructor(path: Path, statement: NetworkStatement) {
    this.path = path;
    this.statement = statement;
  }

  get outputShape(): NetworkAnalysis['outputShape'] {
    return this.path.origin.outputShape;
  }

  get guessed(): NetworkAnalysis['guessed'] {
    return this.path.origin.guessed;
  }

  get ended(): boolean {
    return this.path.origin.ended;
  }

  get train(): NetworkAnalysis['train'] {
    return this.path.origin.train;
  }

  get dataFacts(): NetworkAnalysis['dataFacts'] {
    return this.path.origin.dataFacts;
  }

  get trainable(): boolean {
    return this.path.origin.trainable;
  }

  get layerCount(): number {
    return this.path.origin.layerCount;
  }

  get input(): NetworkInput | undefined {
    const { origin, own } = this.path;
    return origin.input && moveBy(own, origin.input);
  }

  get data(): DataSettings | undefined {
    const { origin, data } = this.path;
    return origin.data && moveBy(data, origin.data);
  }

  get layers(): readonly Layer[] {
    const { origin, own } = this.path;
    this.done.layers ??= origin.layers.map((layer) => moveLayer(own, layer));
    return this.done.layers;
  }

  layersIn({ from, to }: Span): readonly Layer[] {
    const { origin, own } = this.path;
    return origin
      .layersIn({ from: from - own.offset, to: to - own.offset })
      .map((layer) => moveLayer(own, layer));
  }

  get network(): CheckedNetwork | undefined {
    const { origin, own, data } = this.path;
    const { network } = origin;
    if (!network) return undefined;
    this.done.network ??= {
      ...moveBy(own, network),
      input: moveBy(own, network.input),
      data: moveBy(data, network.data),
      layers: this.layers,
    };
    return this.done.network;
  }
}

function moveLayer(distance: Distance, layer: Layer): Layer {
  const { repeat } = layer;
  return { ...moveBy(distance, layer), repeat: repeat && moveBy(distance, repeat) };
}

function moveBy<Part extends Placed>({ offset, lines }: Distance, part: Part): Part {
  const { line, span } = part;
  return { ...part, line: line + lines, span: { from: span.from + offset, to: span.to + offset } };
}
