import type { Diagnostic, TextEdit } from '../diagnostic.ts';

/** The edits of the first fix of every finding (or of those of one rule), in order; of fixes that overlap the first counts. */
export function fixAll(
  { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  rule?: string,
): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const diagnostic of diagnostics) {
    const edits = diagnostic.fixes?.[0]?.edits;
    if (!edits || (rule !== undefined && diagnostic.rule !== rule)) continue;
    const free = edits.every(({ from, to }) => taken.every((other) => to < other.from || from > other.to));
    if (free) taken.push(...edits);
  }
  return taken.sort((a, b) => a.from - b.from);
}
