import type { Diagnostic } from '../diagnostic.ts';
import type { LayerBlock, LayerLine, SettingsBlock, Span, Statement } from '../syntax.ts';
import { isUntouched, moved, type Difference } from './difference.ts';

/** What was read of an earlier version of the text, and the one stretch in which this version differs. */
interface Earlier {
  readonly statements: readonly Statement[];
  /** What could not be read, in the order of the text. */
  readonly mistakes: readonly Diagnostic[];
  readonly difference: Difference;
}

/** What an earlier parse has read, by where it stands now. */
export class Known {
  private readonly earlier: Earlier;
  /** Every block of layers that the difference lies in, by where it begins, then and now. */
  private readonly blocks = new Map<number, LayerBlock>();

  constructor(earlier: Earlier) {
    this.earlier = earlier;
    this.look(earlier.statements);
  }

  /** The statements of the file, which ends at `end`. */
  statements(end: number): KnownNodes<Statement> {
    const { statements, difference } = this.earlier;
    const place = { from: 0, to: end + difference.oldTo - difference.newTo };
    return new KnownNodes(statements, place, end, this.earlier);
  }

  /** The lines of the block that stands there; undefined where the difference is not within it. */
  linesIn({ from, to }: Span): KnownNodes<LayerLine | SettingsBlock> | undefined {
    const block = this.blocks.get(from);
    return block && new KnownNodes(block.lines, block, to, this.earlier);
  }

  private look(nodes: readonly (Statement | LayerLine)[]): void {
    for (const node of nodes) {
      if ((node.type !== 'network' && node.type !== 'layer') || !this.isAround(node)) continue;
      if (!node.block || !this.isAround(node.block)) continue;
      this.blocks.set(node.block.from, node.block);
      this.look(node.block.lines);
    }
  }

  private isAround(span: Span): boolean {
    const { from, oldTo } = this.earlier.difference;
    return span.from < from && span.to >= oldTo;
  }
}

/** Nodes that stood in one block, in their order, asked for one after the other by where they stand now. */
export class KnownNodes<Node extends Statement | LayerLine> {
  private readonly nodes: readonly Node[];
  /** The block, then; and its end now. */
  private readonly place: Span;
  private readonly end: number;
  private readonly earlier: Earlier;
  /** How many nodes, from the first, stand in front of the difference and cannot be changed by it. */
  private readonly head: number;
  private next = 0;

  constructor(nodes: readonly Node[], place: Span, end: number, earlier: Earlier) {
    this.nodes = nodes;
    this.place = place;
    this.end = end;
    this.earlier = earlier;
    const { from } = earlier.difference;
    // One by one: a network that is never closed ends behind statements that follow it here.
    let head = 0;
    while (head < nodes.length && nodes[head].to < from) head++;
    this.head = head > 0 && awaitsBlock(nodes[head - 1]) ? head - 1 : head;
  }

  /** The nodes in front of the difference that are as they were, all at once; none where one was read with a mistake. */
  takeHead(): readonly Node[] {
    const { nodes, head, place } = this;
    if (head === 0 || this.hasMistake(place.from, nodes[head - 1].to)) return [];
    this.next = head;
    return nodes.slice(0, head);
  }

  /** The node that stood where this one stands, if it was read without a mistake and nothing of it has changed. */
  at({ from, to }: Span): Node | undefined {
    const { nodes } = this;
    const { difference } = this.earlier;
    let node = nodes[this.next];
    while (node && (!isUntouched(difference, node) || node.from + moved(difference, node.from) < from))
      node = nodes[++this.next];
    if (!node || (this.next >= this.head && node.to < difference.from)) return undefined;
    if (node.from + moved(difference, node.from) !== from || node.to - node.from !== to - from)
      return undefined;
    return this.hasMistake(node.from, node.to) ? undefined : node;
  }

  /**
   * The nodes behind the one that was found last, if it stands behind the difference: the same text after the same
   * statement in the same block is read as it was. Undefined where one of them was read with a mistake.
   */
  takeRest(): readonly Node[] | undefined {
    const { nodes, next, place, end } = this;
    const { difference } = this.earlier;
    if (nodes[next].from < difference.oldTo || place.to + moved(difference, place.to) !== end)
      return undefined;
    return this.hasMistake(nodes[next].from, place.to) ? undefined : nodes.slice(next + 1);
  }

  private hasMistake(from: number, to: number): boolean {
    return this.earlier.mistakes.some((mistake) => mistake.from <= to && mistake.to >= from);
  }
}

/** Whether a block on the next line would become that of the statement. */
function awaitsBlock(node: Statement | LayerLine): boolean {
  if (node.type === 'let') return false;
  return node.type === 'network' || node.type === 'layer' ? !node.block : node.settings.length === 0;
}
