/**
 * The language as a library: everything an editor asks about a text, as pure functions of a checked file and offsets.
 *
 *     const file = check(text, dataFacts)            once a version of the text; or `Incremental.update` for edits
 *     complete(file, offset, surroundings)           proposals, each with the span that it replaces
 *     hover(file, offset)                            Markdown for a word of the language
 *     signatureAt(file, offset)                      the call or line under way
 *     definitionAt, referencesAt, renameRange, rename
 *     outline, folds, selectionRanges, semanticTokens, inlayHints, links
 *     format(text), formatRange(text, span)          edits of spaces alone
 *     fixAll(file)                                   the first fix of every finding that has one and does not overlap another
 */
export type { CheckedFile } from './check.ts';
export type { NamedThing } from './namedThing.ts';
export { awaitsPath, complete } from './service/complete.ts';
export type { Completion, CompletionSurroundings } from './service/completion.ts';
export { fixAll } from './service/fixAll.ts';
export { format, formatRange, type FormatOptions } from './service/format.ts';
export { hover, type WordHover } from './service/hover.ts';
export { inlayHints, type InlayHint } from './service/inlayHints.ts';
export { links, type PathLink } from './service/links.ts';
export { definitionAt, diagnosticsAt, referencesAt, rename, renameRange } from './service/names.ts';
export { outline, type OutlineItem } from './service/outline.ts';
export { folds, selectionRanges, type Fold } from './service/ranges.ts';
export { semanticTokens, tokenTypes, type SemanticToken } from './service/semanticTokens.ts';
export { signatureAt, type Signature } from './service/signature.ts';
