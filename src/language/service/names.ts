/** Names that a file defines, with their uses: what definition, references, highlights and rename work on. */
import type { CheckedFile } from '../check.ts';
import type { Diagnostic, TextEdit } from '../diagnostic.ts';
import { labelsOf, type NamedThing } from '../namedThing.ts';
import type { FileSyntax, SettingsBlock, Span } from '../syntax.ts';

/** Everything that the file names, in the order of the text. */
export function namedThings({ syntax, lets }: CheckedFile): NamedThing[] {
  const things: NamedThing[] = lets.map(({ statement, uses }) => ({
    kind: 'let',
    name: statement.name!.text,
    definition: statement.name!,
    uses,
    statement,
  }));
  for (const statement of syntax.statements) {
    if (statement.type !== 'network') continue;
    if (statement.name)
      things.push({
        kind: 'network',
        name: statement.name.text,
        definition: statement.name,
        uses: [],
        statement: { from: statement.from, to: statement.name.to },
      });
    things.push(...labelsOf(statement));
  }
  return things.sort((a, b) => a.definition.from - b.definition.from);
}

/** Every `data`, `train` and `analyze` of a file, those inside of networks included. */
export function settingsBlocks({ statements }: FileSyntax): SettingsBlock[] {
  return statements.flatMap((statement) => {
    if (statement.type === 'network')
      return (statement.block?.lines ?? []).filter((line) => line.type !== 'layer');
    return statement.type === 'let' ? [] : [statement];
  });
}

const touches = ({ from, to }: Span, offset: number): boolean => from <= offset && offset <= to;

/** The thing whose name stands at the offset. */
export function thingAt(file: CheckedFile, offset: number): NamedThing | undefined {
  return namedThings(file).find(({ definition, uses }) =>
    [definition, ...uses].some((span) => touches(span, offset)),
  );
}

/** Where the name at the offset is defined. */
export function definitionAt(file: CheckedFile, offset: number): NamedThing | undefined {
  return thingAt(file, offset);
}

/** Every place of the name at the offset, the definition first. */
export function referencesAt(file: CheckedFile, offset: number): readonly Span[] {
  const thing = thingAt(file, offset);
  return thing ? [thing.definition, ...thing.uses].map(({ from, to }) => ({ from, to })) : [];
}

/** The name at the offset as what a rename would change; undefined where there is none. */
export function renameRange(
  file: CheckedFile,
  offset: number,
): (Span & { readonly name: string }) | undefined {
  const thing = thingAt(file, offset);
  const span = thing && [thing.definition, ...thing.uses].find((candidate) => touches(candidate, offset));
  return span && { from: span.from, to: span.to, name: thing.name };
}

const reserved = new Set(['let', 'network', 'data', 'train', 'analyze', 'true', 'false']);

/** The edits that give the thing at the offset another name, or why that cannot be. */
export function rename(
  file: CheckedFile,
  offset: number,
  newName: string,
): readonly TextEdit[] | { readonly problem: string } {
  const thing = thingAt(file, offset);
  if (!thing)
    return {
      problem: 'There is no name here that could be changed: those of `let`, of labels and of networks can.',
    };
  if (!/^[A-Za-z_]\w*$/.test(newName))
    return {
      problem: 'A name is made of letters (A–Z, a–z), digits and `_`, and does not begin with a digit.',
    };
  if (reserved.has(newName)) return { problem: `\`${newName}\` is a word of the language.` };
  const taken = namedThings(file).some(
    (other) =>
      other.kind === thing.kind &&
      other.name === newName &&
      other.definition !== thing.definition &&
      sameScope(file, thing, other),
  );
  if (taken) return { problem: `There is a ${thing.kind} \`${newName}\` already.` };
  return referencesAt(file, offset).map((span) => ({ ...span, replacement: newName }));
}

/** Labels are a network's own; all other names are the file's. */
function sameScope({ syntax }: CheckedFile, a: NamedThing, b: NamedThing): boolean {
  if (a.kind !== 'label') return true;
  return syntax.statements.some(({ from, to }) =>
    [a, b].every(({ definition }) => from <= definition.from && definition.to <= to),
  );
}

/** The diagnostics whose fixes can be offered for a range. */
export function diagnosticsAt({ diagnostics }: CheckedFile, span: Span): readonly Diagnostic[] {
  return diagnostics.filter(({ from, to }) => from <= span.to && to >= span.from);
}
