import { ContextTracker, ExternalTokenizer, type InputStream } from '@lezer/lr';
import {
  Malformed,
  Number as NumberTerm,
  Shape,
  closeBrace,
  endOfFile,
  lonelyBracket,
  lonelyParenthesis,
  openBrace,
  openBracket,
  openParenthesis,
} from './parser.terms.generated.ts';

const character = (text: string): number => text.charCodeAt(0);
const endOfInput = -1;
const newline = character('\n');
const carriageReturn = character('\r');
const quote = character('"');
const hash = character('#');

/** Deeper than anybody nests lists; a bracket with more inside is malformed, which bounds the look-ahead and the tree. */
const deepestNesting = 12;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isNameStart = (code: number): boolean =>
  code === 95 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isNamePart = (code: number): boolean => isNameStart(code) || isDigit(code);
const isLineEnd = (code: number): boolean =>
  code === newline || code === carriageReturn || code === endOfInput;
const isSpace = (code: number): boolean =>
  code === 32 || code === 9 || code === 11 || code === 12 || code === 0xa0 || code === 0xfeff;
const punctuation = new Set(Array.from('{}()[]=:,;"#', character));
const isPunctuation = (code: number): boolean => punctuation.has(code);

const numberPattern = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const shapePattern = /^\d+(x\d+)+$/;

/** Blocks in one another; nobody needs more than a few. */
const deepestBlock = 100;

/** How many blocks are open where the parser is. */
export const depth = new ContextTracker<number>({
  start: 0,
  shift: (open, term) => {
    if (term === openBrace) return open + 1;
    return term === closeBrace || term === endOfFile ? Math.max(0, open - 1) : open;
  },
  hash: (open) => open,
});

/** The tokens that the grammar's own tokenizer cannot tell apart; whatever nothing else knows is `Malformed`. */
export const tokens = new ExternalTokenizer(
  (input, stack) => {
    const { next } = input;
    if (next === endOfInput) {
      if ((stack.context as number) > 0) input.acceptToken(endOfFile);
    } else if (next === character('(')) {
      input.acceptToken(
        { closed: openParenthesis, open: lonelyParenthesis, deep: Malformed }[findPartner(input)],
        1,
      );
    } else if (next === character('[')) {
      input.acceptToken({ closed: openBracket, open: lonelyBracket, deep: Malformed }[findPartner(input)], 1);
    } else if (next === character('{')) {
      input.acceptToken((stack.context as number) < deepestBlock ? openBrace : Malformed, 1);
    } else if (next === character('}')) {
      input.acceptToken(closeBrace, 1);
    } else if (isDigit(next) || ((next === 45 || next === 46) && startsNumber(input))) {
      readNumber(input);
    } else if (!isNameStart(next) && !isSpace(next) && !isLineEnd(next) && !isPunctuation(next)) {
      // A path without quotes is one mistake and not several.
      const path = './\\'.includes(String.fromCharCode(next));
      do input.advance();
      while (
        (path || !isNamePart(input.next)) &&
        !isSpace(input.next) &&
        !isLineEnd(input.next) &&
        !isPunctuation(input.next)
      );
      input.acceptToken(Malformed);
    }
  },
  { contextual: true },
);

function startsNumber(input: InputStream): boolean {
  const second = input.peek(1);
  return isDigit(second) || (second === 46 && isDigit(input.peek(2)));
}

/** Takes the whole run of letters, digits and dots, so that `3abc` is one wrong number and not two words. */
function readNumber(input: InputStream): void {
  let text = '';
  do {
    text += String.fromCharCode(input.next);
    const exponent = (input.next === 101 || input.next === 69) && /^-?[\d.]+[eE]$/.test(text);
    input.advance();
    if (exponent && (input.next === 43 || input.next === 45) && isDigit(input.peek(1))) {
      text += String.fromCharCode(input.next);
      input.advance();
    }
  } while (isNamePart(input.next) || input.next === 46);
  input.acceptToken(numberPattern.test(text) ? NumberTerm : shapePattern.test(text) ? Shape : Malformed);
}

/**
 * Whether the bracket at the input's position is closed, left open, or nested too deep. Braces, the end of the file, and a new line between two items
 * where the second is a name (so a comma is missing, or rather the bracket) end the search.
 */
function findPartner(input: InputStream): 'closed' | 'open' | 'deep' {
  const open: number[] = [input.next];
  let previous = input.next;
  let lineBroken = false;
  for (let offset = 1; ; offset++) {
    let code = input.peek(offset);
    if (code === hash) {
      while (!isLineEnd(code)) code = input.peek(++offset);
    }
    if (code === endOfInput || code === 123 || code === 125) return 'open';
    if (isSpace(code)) continue;
    if (code === newline || code === carriageReturn) {
      lineBroken = true;
      continue;
    }
    if (lineBroken && isNameStart(code) && !'([,='.includes(String.fromCharCode(previous))) return 'open';
    lineBroken = false;
    previous = code;
    if (code === quote) {
      do code = input.peek(++offset);
      while (!isLineEnd(code) && code !== quote);
      if (code !== quote) offset--;
    } else if (code === character('(') || code === character('[')) {
      if (open.push(code) > deepestNesting) return 'deep';
    } else if (code === character(')') || code === character(']')) {
      const partner = open.lastIndexOf(code === character(')') ? character('(') : character('['));
      if (partner < 0) return 'open';
      if (partner === 0) return 'closed';
      open.length = partner;
    }
  }
}
