import type { Tree, TreeFragment } from '@lezer/common';
import type { Diagnostic } from './diagnostic.ts';
import { parser } from './parser.generated.ts';
import { separatorCheck } from './parsing/blocks.ts';
import type { ParseContext } from './parsing/context.ts';
import { readStatement } from './parsing/statements.ts';
import type { FileSyntax } from './syntax.ts';

/** What a text is, before anything is known about meaning. */
export interface ParsedFile {
  readonly tree: Tree;
  readonly syntax: FileSyntax;
  /** What was expected where the text is not as the language wants it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses any text; `fragments` are the parts of an earlier tree that an edit left alone. */
export function parse(text: string, fragments?: readonly TreeFragment[]): ParsedFile {
  const tree = parser.parse(text, fragments);
  const context: ParseContext = { text, diagnostics: [], statements: [] };
  const cursor = tree.cursor();
  if (cursor.firstChild()) {
    const separators = separatorCheck(context);
    do {
      if (separators(cursor)) readStatement(context, cursor);
    } while (cursor.nextSibling());
  }
  const syntax: FileSyntax = { type: 'file', statements: context.statements, from: 0, to: text.length };
  return { tree, syntax, diagnostics: context.diagnostics.toSorted((a, b) => a.from - b.from) };
}
