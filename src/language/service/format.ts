import type { TextEdit } from '../diagnostic.ts';
import { parse } from '../parse.ts';
import type { Span } from '../syntax.ts';
import { alignments, type Alignments } from './alignment.ts';
import { tokenize, type Token } from './tokenize.ts';

export interface FormatOptions {
  /** One level of indentation. */
  readonly indentation: string;
}

const closing: ReadonlySet<string> = new Set(['}', ')', ']']);

/** How many closing brackets follow one another on the line of the token, from it on. */
function closersFrom(tokens: readonly Token[], index: number): number {
  const { line } = tokens[index];
  let end = index;
  while (tokens[end]?.line === line && closing.has(tokens[end].text)) end++;
  return end - index;
}

interface OpenBracket {
  readonly bracket: string;
  /** Whether lines inside are one level deeper: of several brackets opened on one line only the first makes them so. */
  readonly indents: boolean;
  /** In a block of settings `=` has spaces around it. */
  readonly settings: boolean;
}

/**
 * Edits of the spaces between words, and of nothing else: indentation, spaces around punctuation, no more than one blank
 * line, a new line at the end. Comments stay where they are. Lines with mistakes keep their inner spaces; a file in which a
 * bracket or a block has no end is left alone, since it is not known what belongs to what.
 */
export function format(text: string, options: FormatOptions = { indentation: '  ' }): readonly TextEdit[] {
  const { diagnostics } = parse(text);
  const stray = diagnostics.some(({ rule, from }) => rule === 'unclosed' || /[})\]]/.test(text[from] ?? ''));
  if (stray) return [];
  const tokens = tokenize(text);
  const edits: TextEdit[] = [];
  const formatter = new Formatter(text, options, alignments(text, tokens), diagnostics);
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    const from = previous?.to ?? (text.startsWith('\ufeff') ? 1 : 0);
    const replacement = formatter.gap(
      previous,
      token,
      text.slice(from, token.from),
      closersFrom(tokens, index),
    );
    if (replacement !== text.slice(from, token.from)) edits.push({ from, to: token.from, replacement });
  });
  const end = tokens.at(-1)?.to;
  if (end !== undefined && text.slice(end) !== formatter.lineEnd)
    edits.push({ from: end, to: text.length, replacement: formatter.lineEnd });
  return edits;
}

/** The edits of `format` that touch a part of the text. */
export function formatRange(text: string, range: Span, options?: FormatOptions): readonly TextEdit[] {
  return format(text, options).filter(({ from, to }) => from <= range.to && to >= range.from);
}

class Formatter {
  readonly lineEnd: string;
  private readonly open: OpenBracket[] = [];
  private readonly options: FormatOptions;
  private readonly aligned: Alignments;
  private readonly mistakes: readonly Span[];
  /** The first word of the statement under way. */
  private statement = '';
  private indentsOnLine = false;

  constructor(text: string, options: FormatOptions, aligned: Alignments, mistakes: readonly Span[]) {
    this.lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    this.options = options;
    this.aligned = aligned;
    this.mistakes = mistakes;
  }

  /** What should stand between two tokens, `closers` closing brackets following; keeps count of brackets on the way. */
  gap(previous: Token | undefined, token: Token, written: string, closers: number): string {
    const lines = written.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (lines > 0 || !previous) this.indentsOnLine = false;
    const gap = !previous
      ? ''
      : lines > 0
        ? this.newLine(previous, token, lines, closers)
        : this.spaces(previous, token, written);
    this.follow(previous, token);
    return gap;
  }

  private follow(previous: Token | undefined, token: Token): void {
    if (closing.has(token.text)) this.open.pop();
    const bracket = this.open.at(-1)?.bracket;
    const begins = !previous || previous.line < token.line || '{};,'.includes(previous.text);
    if (begins && (bracket === undefined || bracket === '{')) this.statement = token.text;
    if (!'{(['.includes(token.text)) return;
    const settings = token.text === '{' && ['data', 'train', 'analyze'].includes(this.statement);
    this.open.push({ bracket: token.text, indents: !this.indentsOnLine, settings });
    this.indentsOnLine = true;
  }

  private newLine(previous: Token, token: Token, lines: number, closers: number): string {
    const blank = lines > 1 && previous.text !== '{' && token.text !== '}' ? this.lineEnd : '';
    // A line that begins with closing brackets stands where the line with their partners does.
    const depth = this.open.slice(0, this.open.length - closers).filter(({ indents }) => indents).length;
    return `${blank}${this.lineEnd}${this.options.indentation.repeat(depth)}`;
  }

  private spaces(previous: Token, token: Token, written: string): string {
    if (token.comment) return written === '' ? ' ' : written;
    if (this.mistakes.some(({ from, to }) => from <= token.to && to >= previous.from)) return written;
    const alignment = this.aligned.get(token.from);
    if (alignment !== undefined) return ' '.repeat(alignment);
    const [before, after] = [previous.text, token.text];
    if (before === '{' && after === '}') return '';
    if ('{}'.includes(before) || '{}'.includes(after)) return ';,'.includes(after) ? '' : ' ';
    if ('(['.includes(before) || ')],;:'.includes(after)) return '';
    if (after === '=' || before === '=') return this.spacesAroundEquals() ? ' ' : '';
    if (after === '(' && previous.word) return '';
    return ' ';
  }

  private spacesAroundEquals(): boolean {
    const innermost = this.open.at(-1);
    return innermost ? innermost.settings : this.statement === 'let';
  }
}
