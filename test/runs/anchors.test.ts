import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Anchors, changeBetween, moveSpan, type TextChange } from '../../src/runs/anchors.ts';

const text = ['network n {', '  input 2', '  first: dense 16 sigmoid', '  second: dense 8 relu', '}'].join(
  '\n',
);

function anchorsOf(...words: string[]): Anchors<string> {
  return new Anchors(
    words.map((word) => {
      const from = text.indexOf(word);
      return [word, { from, to: text.indexOf('\n', from) }] as const;
    }),
  );
}

function apply(before: string, { at, removed, inserted }: TextChange): string {
  return before.slice(0, at) + inserted + before.slice(at + removed);
}

/** What each anchor marks after an edit that replaces `old` by `replacement`. */
function after(old: string, replacement: string, ...words: string[]): Record<string, string | undefined> {
  const anchors = anchorsOf(...words);
  const change = { at: text.indexOf(old), removed: old.length, inserted: replacement };
  const edited = apply(text, change);
  anchors.follow(text, change);
  return Object.fromEntries(
    words.map((word) => {
      const span = anchors.get(word);
      return [word, span && edited.slice(span.from, span.to)];
    }),
  );
}

const firstLine = 'first: dense 16 sigmoid';
const secondLine = 'second: dense 8 relu';

describe('places in a text that is edited', () => {
  it.each([
    ['a line inserted above', '  input 2\n', '  input 2\n  # a comment\n', firstLine, secondLine],
    ['a line inserted between', '\n  second', '\n  middle: dense 4\n  second', firstLine, secondLine],
    [
      'a word replaced',
      'sigmoid',
      'relu init=kaiming_normal',
      'first: dense 16 relu init=kaiming_normal',
      secondLine,
    ],
    [
      'a line replaced by nearly itself',
      firstLine,
      'first: dense 16 tanh',
      'first: dense 16 tanh',
      secondLine,
    ],
    ['a label renamed', 'first', 'hidden', 'hidden: dense 16 sigmoid', secondLine],
    ['the first line deleted', `  ${firstLine}\n`, '', undefined, secondLine],
    ['both lines deleted', `  ${firstLine}\n  ${secondLine}\n`, '', undefined, undefined],
    ['another layer in its place', firstLine, 'x', undefined, secondLine],
  ])('%s', (_, old, replacement, first, second) => {
    expect(after(old, replacement, 'first', 'second')).toEqual({ first, second });
  });

  it('gives up on lines that swap places rather than showing one as the other', () => {
    const swapped = after(
      `${firstLine}\n  ${secondLine}`,
      `${secondLine}\n  ${firstLine}`,
      'first',
      'second',
    );
    expect(swapped['first']).not.toBe(secondLine);
    expect(swapped['second']).not.toBe(firstLine);
  });

  it('never moves an anchor to text that it did not mark', () => {
    // Expected by definition: outside of the change the characters of a span stay what they are.
    const edit = fc.record({
      at: fc.nat({ max: text.length }),
      removed: fc.nat({ max: 30 }),
      inserted: fc.string({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(edit, fc.nat({ max: text.length }), fc.nat({ max: 20 }), (raw, from, length) => {
        const change = { ...raw, removed: Math.min(raw.removed, text.length - raw.at) };
        const span = { from, to: Math.min(text.length, from + length) };
        fc.pre(span.to > span.from);
        const moved = moveSpan(span, change, text);
        const edited = apply(text, change);
        const touched = change.at < span.to && change.at + change.removed > span.from;
        if (moved === undefined) expect(touched).toBe(true);
        else if (!touched && !(change.at > span.from && change.at < span.to))
          expect(edited.slice(moved.from, moved.to)).toBe(text.slice(span.from, span.to));
        if (moved !== undefined) expect(moved.to).toBeLessThanOrEqual(edited.length);
      }),
    );
  });
});

describe('the smallest change between two texts', () => {
  it('leads from one to the other, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, now) => {
        expect(apply(before, changeBetween(before, now))).toBe(now);
      }),
    );
  });

  it('leaves alone what both begin and end with', () => {
    expect(changeBetween('dense 16 sigmoid init=x', 'dense 16 tanh init=x')).toEqual({
      at: 'dense 16 '.length,
      removed: 'sigmoid'.length,
      inserted: 'tanh',
    });
  });
});
