import type { Token } from './tokenize.ts';

/** Spaces in front of the tokens that are aligned, by their offsets. */
export type Alignments = ReadonlyMap<number, number>;

/** A line `NAME = …`. */
interface SettingLine {
  readonly line: number;
  readonly name: Token;
  readonly equals: Token;
  readonly column: number;
}

/**
 * Runs of lines whose `=` a person has put in one column stay so: the spaces in front of each `=` that keep them there, as
 * narrow as the longest name allows. Lines that stand alone or were never aligned are not in the result.
 */
export function alignments(text: string, tokens: readonly Token[]): Alignments {
  const result = new Map<number, number>();
  for (const run of runs(settingLines(text, tokens))) {
    const aligned = run.length > 1 && run.every(({ column }) => column === run[0].column);
    if (!aligned || run.every(({ name, equals }) => equals.from - name.to <= 1)) continue;
    const longest = Math.max(...run.map(({ name }) => name.text.length));
    for (const { name, equals } of run) result.set(equals.from, longest - name.text.length + 1);
  }
  return result;
}

function settingLines(text: string, tokens: readonly Token[]): SettingLine[] {
  return tokens.flatMap((name, index) => {
    const [before, equals] = [tokens[index - 1], tokens[index + 1]];
    const first = !before || before.line < name.line;
    if (!first || !name.word || equals?.text !== '=' || equals.line !== name.line) return [];
    const lineStart =
      Math.max(text.lastIndexOf('\n', name.from - 1), text.lastIndexOf('\r', name.from - 1)) + 1;
    return [{ line: name.line, name, equals, column: equals.from - lineStart }];
  });
}

/** Lines that follow one another without a gap. */
function runs(lines: readonly SettingLine[]): SettingLine[][] {
  const result: SettingLine[][] = [];
  for (const line of lines) {
    const run = result.at(-1);
    if (run && run.at(-1).line === line.line - 1) run.push(line);
    else result.push([line]);
  }
  return result;
}
