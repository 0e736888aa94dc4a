import type { Diagnostic } from '../diagnostic.ts';
import type { LayerLine, SettingsBlock, Span, Statement } from '../syntax.ts';
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
  /** The lines of every block of layers that the difference lies in, by where the block begins, then and now. */
  private readonly lines = new Map<number, readonly (LayerLine | SettingsBlock)[]>();

  constructor(earlier: Earlier) {
    this.earlier = earlier;
    this.look(earlier.statements);
  }

  statements(): KnownNodes<Statement> {
    return new KnownNodes(this.earlier.statements, this.earlier);
  }

  /** The lines of the block that begins there; undefined where the difference is not within it. */
  linesIn(from: number): KnownNodes<LayerLine | SettingsBlock> | undefined {
    const lines = this.lines.get(from);
    return lines && new KnownNodes(lines, this.earlier);
  }

  private look(nodes: readonly (Statement | LayerLine)[]): void {
    for (const node of nodes) {
      if ((node.type !== 'network' && node.type !== 'layer') || !this.isAround(node)) continue;
      if (!node.block || !this.isAround(node.block)) continue;
      this.lines.set(node.block.from, node.block.lines);
      this.look(node.block.lines);
    }
  }

  private isAround(span: Span): boolean {
    const { from, oldTo } = this.earlier.difference;
    return span.from < from && span.to >= oldTo;
  }
}

/** Nodes that stood in one block, in their order, asked for one after the other by where they stand now. */
class KnownNodes<Node extends Span> {
  private readonly nodes: readonly Node[];
  private readonly earlier: Earlier;
  private next = 0;

  constructor(nodes: readonly Node[], earlier: Earlier) {
    this.nodes = nodes;
    this.earlier = earlier;
  }

  /** The node that stood where this one stands, if it was read without a mistake and nothing of it has changed. */
  at({ from, to }: Span): Node | undefined {
    const { nodes, earlier } = this;
    const { difference, mistakes } = earlier;
    let node = nodes[this.next];
    while (node && (!isUntouched(difference, node) || node.from + moved(difference, node.from) < from))
      node = nodes[++this.next];
    if (!node || node.from + moved(difference, node.from) !== from || node.to - node.from !== to - from)
      return undefined;
    const { from: begin, to: end } = node;
    return mistakes.some((mistake) => mistake.from <= end && mistake.to >= begin) ? undefined : node;
  }
}
