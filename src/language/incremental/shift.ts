import type { LayerBlock, NetworkStatement, Span, Statement } from '../syntax.ts';

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
    this.moved ??= shifted(this.origin.block, this.delta);
    return this.moved;
  }
}
