import { TreeFragment, type Tree } from '@lezer/common';
import type { Diagnostic } from './diagnostic.ts';
import type { Difference } from './incremental/difference.ts';
import { Known } from './incremental/known.ts';
import { shiftStatement } from './incremental/shift.ts';
import { parser } from './parser.generated.ts';
import { separatorCheck } from './parsing/blocks.ts';
import type { ParseContext } from './parsing/context.ts';
import { readStatement } from './parsing/statements.ts';
import type { FileSyntax, Statement } from './syntax.ts';

/** What a text is, before anything is known about meaning. */
export interface ParsedFile {
  readonly tree: Tree;
  readonly syntax: FileSyntax;
  /** What was expected where the text is not as the language wants it. */
  readonly diagnostics: readonly Diagnostic[];
  /** Statements that are those of an earlier parse in a new place, with what they were there. */
  readonly reused: ReadonlyMap<Statement, Statement>;
}

/** Parses any text, with what an edit has left alone taken over from an earlier parse. */
export function parse(
  text: string,
  previous?: { readonly parsed: ParsedFile; readonly difference: Difference },
): ParsedFile {
  const tree = parser.parse(text, previous && fragmentsOf(previous.parsed.tree, previous.difference));
  const earlier = previous && {
    statements: previous.parsed.syntax.statements,
    mistakes: previous.parsed.diagnostics,
    difference: previous.difference,
  };
  const context: ParseContext = {
    text,
    diagnostics: [],
    statements: [],
    known: earlier && new Known(earlier),
  };
  const reused = new Map<Statement, Statement>();
  const keep = (same: Statement, delta: number): void => {
    const statement = shiftStatement(same, delta);
    context.statements.push(statement);
    reused.set(statement, same);
  };
  const known = context.known?.statements(text.length);
  for (const same of known?.takeHead() ?? []) keep(same, 0);
  const begin = context.statements.at(-1)?.to;
  const cursor = tree.cursor();
  if (begin === undefined ? cursor.firstChild() : cursor.childAfter(begin)) {
    const separators = separatorCheck(context, begin);
    do {
      const mistakes = context.diagnostics.length;
      if (!separators(cursor)) continue;
      // What a mistake touches that stands between two statements is looked at again.
      const same = context.diagnostics.length === mistakes ? known?.at(cursor) : undefined;
      if (!same) {
        readStatement(context, cursor);
        continue;
      }
      const delta = cursor.from - same.from;
      keep(same, delta);
      const rest = known?.takeRest();
      for (const other of rest ?? []) keep(other, delta);
      if (rest) break;
    } while (cursor.nextSibling());
  }
  const { statements, diagnostics } = context;
  return {
    tree,
    syntax: { type: 'file', statements, from: 0, to: text.length },
    diagnostics: diagnostics.toSorted((a, b) => a.from - b.from),
    reused,
  };
}

function fragmentsOf(tree: Tree, { from, oldTo, newTo }: Difference): readonly TreeFragment[] {
  const change = { fromA: from, toA: oldTo, fromB: from, toB: newTo };
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), [change]);
}
