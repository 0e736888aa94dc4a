import { TreeFragment, type Tree, type TreeCursor } from '@lezer/common';
import type { Diagnostic } from './diagnostic.ts';
import { isUntouched, moved, type Difference } from './incremental/difference.ts';
import { shiftStatement } from './incremental/shift.ts';
import { parser } from './parser.generated.ts';
import { separatorCheck } from './parsing/blocks.ts';
import type { ParseContext } from './parsing/context.ts';
import { readStatement } from './parsing/statements.ts';
import type { FileSyntax, Span, Statement } from './syntax.ts';

/** What a text is, before anything is known about meaning. */
export interface ParsedFile {
  readonly tree: Tree;
  readonly syntax: FileSyntax;
  /** What was expected where the text is not as the language wants it. */
  readonly diagnostics: readonly Diagnostic[];
  readonly pieces: readonly Piece[];
  /** Statements that are those of an earlier parse in a new place, with what they were there. */
  readonly reused: ReadonlyMap<Statement, Statement>;
}

/** A stretch of the tree that was read without a mistake into one statement: it will be read so again. */
interface Piece extends Span {
  readonly statement: Statement;
}

/** An earlier parse and the one stretch in which its text differs. */
export interface Earlier {
  readonly parsed: ParsedFile;
  readonly difference: Difference;
}

/** Parses any text, with what an edit has left alone taken over from `earlier`. */
export function parse(text: string, earlier?: Earlier): ParsedFile {
  const tree = parser.parse(text, earlier && fragmentsOf(earlier));
  const context: ParseContext = { text, diagnostics: [], statements: [] };
  const reader = new StatementReader(context, earlier);
  const cursor = tree.cursor();
  if (cursor.firstChild()) {
    const separators = separatorCheck(context);
    do {
      if (separators(cursor)) reader.read(cursor);
    } while (cursor.nextSibling());
  }
  const { statements, diagnostics } = context;
  return {
    tree,
    syntax: { type: 'file', statements, from: 0, to: text.length },
    diagnostics: diagnostics.toSorted((a, b) => a.from - b.from),
    pieces: reader.pieces,
    reused: reader.reused,
  };
}

function fragmentsOf({
  parsed: { tree },
  difference: { from, oldTo, newTo },
}: Earlier): readonly TreeFragment[] {
  const change = { fromA: from, toA: oldTo, fromB: from, toB: newTo };
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), [change]);
}

class StatementReader {
  readonly pieces: Piece[] = [];
  readonly reused = new Map<Statement, Statement>();
  private readonly context: ParseContext;
  /** Untouched pieces by where they begin now. */
  private readonly untouched = new Map<number, Piece>();

  constructor(context: ParseContext, earlier: Earlier | undefined) {
    this.context = context;
    if (!earlier) return;
    const { parsed, difference } = earlier;
    for (const piece of parsed.pieces)
      if (isUntouched(difference, piece))
        this.untouched.set(piece.from + moved(difference, piece.from), piece);
  }

  read(cursor: TreeCursor): void {
    const { context } = this;
    const { from, to } = cursor;
    const known = this.untouched.get(from);
    if (known && known.to - known.from === to - from) {
      const statement = shiftStatement(known.statement, from - known.from);
      context.statements.push(statement);
      this.pieces.push({ from, to, statement });
      this.reused.set(statement, known.statement);
      return;
    }
    const [statements, mistakes] = [context.statements.length, context.diagnostics.length];
    readStatement(context, cursor);
    // A statement that took the next one's block, or that others were found in, is not a piece by itself.
    const alone = cursor.from === from && context.statements.length === statements + 1;
    if (alone && context.diagnostics.length === mistakes)
      this.pieces.push({ from, to, statement: context.statements.at(-1) });
  }
}
