import type {
  LayerBlock,
  LayerLine,
  Name,
  NetworkStatement,
  SettingsBlock,
  Span,
  Statement,
} from '../syntax.ts';

/** Plain data with every `from` and `to` in it moved by `delta`. */
export function shifted<Data>(data: Data, delta: number): Data {
  if (typeof data !== 'object' || data === null || delta === 0) return data;
  if (Array.isArray(data)) return data.map((item: unknown) => shifted(item, delta)) as Data;
  const result: Record<string, unknown> = {};
  for (const key in data) {
    const value: unknown = data[key];
    if (typeof value === 'object') result[key] = shifted(value, delta);
    else result[key] = key === 'from' || key === 'to' ? (value as number) + delta : value;
  }
  return result as Data;
}

/** A statement moved by `delta`; the block of a network is moved when it is asked for. */
export function shiftStatement(statement: Statement, delta: number): Statement {
  if (delta === 0) return statement;
  return statement.type === 'network' ? ShiftedNetwork.of(statement, delta) : shifted(statement, delta);
}

/** A line of a network moved by `delta`; what is in a layer's line is moved when it is asked for. */
export function shiftLine(line: LayerLine | SettingsBlock, delta: number): LayerLine | SettingsBlock {
  if (delta === 0) return line;
  return line.type === 'layer' ? ShiftedLine.of(line, delta) : shifted(line, delta);
}

/** The line that others are as well, but for their place. */
export function originOf(line: LayerLine): LayerLine {
  return line instanceof ShiftedLine ? line.origin : line;
}

/** A name moved by `delta`. */
export function shiftName({ type, text, from, to }: Name, delta: number): Name {
  return { type, text, from: from + delta, to: to + delta };
}

function shiftBlock(block: LayerBlock | undefined, delta: number): LayerBlock | undefined {
  if (!block) return undefined;
  const { type, from, to, lines } = block;
  return { type, lines: lines.map((line) => shiftLine(line, delta)), from: from + delta, to: to + delta };
}

class ShiftedNetwork implements NetworkStatement {
  readonly type = 'network';
  readonly keyword: Span;
  readonly name: NetworkStatement['name'];
  readonly from: number;
  readonly to: number;
  private readonly origin: NetworkStatement;
  private readonly delta: number;
  private moved: LayerBlock | undefined;

  private constructor(origin: NetworkStatement, delta: number) {
    this.origin = origin;
    this.delta = delta;
    this.keyword = shifted(origin.keyword, delta);
    this.name = shifted(origin.name, delta);
    this.from = origin.from + delta;
    this.to = origin.to + delta;
  }

  /** Moves of moves are one move, so that a thousand edits are no thousand steps. */
  static of(network: NetworkStatement, delta: number): NetworkStatement {
    return network instanceof ShiftedNetwork
      ? new ShiftedNetwork(network.origin, network.delta + delta)
      : new ShiftedNetwork(network, delta);
  }

  get block(): LayerBlock | undefined {
    this.moved ??= shiftBlock(this.origin.block, this.delta);
    return this.moved;
  }
}

class ShiftedLine implements LayerLine {
  readonly type = 'layer';
  readonly from: number;
  readonly to: number;
  readonly origin: LayerLine;
  private readonly delta: number;
  // Made once: whoever asks twice may ask whether it is the same.
  private movedLabel: LayerLine['label'];
  private movedKind: LayerLine['kind'] | undefined;
  private movedPositional: LayerLine['positional'] | undefined;
  private movedNamed: LayerLine['named'] | undefined;
  private movedBlock: LayerBlock | undefined;

  private constructor(origin: LayerLine, delta: number) {
    this.origin = origin;
    this.delta = delta;
    this.from = origin.from + delta;
    this.to = origin.to + delta;
  }

  static of(line: LayerLine, delta: number): LayerLine {
    return line instanceof ShiftedLine
      ? new ShiftedLine(line.origin, line.delta + delta)
      : new ShiftedLine(line, delta);
  }

  get label(): LayerLine['label'] {
    const { label } = this.origin;
    if (label) this.movedLabel ??= shiftName(label, this.delta);
    return this.movedLabel;
  }

  get kind(): LayerLine['kind'] {
    this.movedKind ??= shiftName(this.origin.kind, this.delta);
    return this.movedKind;
  }

  get positional(): LayerLine['positional'] {
    this.movedPositional ??= shifted(this.origin.positional, this.delta);
    return this.movedPositional;
  }

  get named(): LayerLine['named'] {
    this.movedNamed ??= shifted(this.origin.named, this.delta);
    return this.movedNamed;
  }

  get block(): LayerBlock | undefined {
    this.movedBlock ??= shiftBlock(this.origin.block, this.delta);
    return this.movedBlock;
  }
}
