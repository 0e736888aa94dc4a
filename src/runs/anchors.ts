/**
 * Places in a text that stay with what they marked while the text is edited, so that a result is shown above the layer
 * that it was measured on and never above another one.
 */
import type { Span } from '../language/syntax.ts';

/** Replacement of `removed` characters at `at` by `inserted`, in offsets of the text before it. */
export interface TextChange {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/** The smallest change that turns one text into the other: what both begin and end with is left alone. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix += 1;
  }
  return {
    at: prefix,
    removed: before.length - prefix - suffix,
    inserted: after.slice(prefix, after.length - suffix),
  };
}

/** A change without the characters that it replaces by themselves: formatters and paste replace whole lines for one word. */
export function narrow(before: string, change: TextChange): TextChange {
  const inner = changeBetween(before.slice(change.at, change.at + change.removed), change.inserted);
  return { ...inner, at: change.at + inner.at };
}

/** Where the span is after the change; undefined where what it marked is gone, or can no longer be told from its neighbours. */
export function moveSpan(span: Span, change: TextChange, text: string): Span | undefined {
  const { at, removed, inserted } = change;
  const end = at + removed;
  const delta = inserted.length - removed;
  if (end <= span.from) return { from: span.from + delta, to: span.to + delta };
  if (at >= span.to) return span;
  if (at <= span.from && end >= span.to) return undefined;
  if (at >= span.from && end <= span.to) return { from: span.from, to: span.to + delta };
  // Across one end: within a line the rest is still the same layer, over a line break it may be its neighbour.
  if (text.slice(at, end).includes('\n') || inserted.includes('\n')) return undefined;
  return at < span.from
    ? { from: at + inserted.length, to: span.to + delta }
    : { from: span.from, to: at + inserted.length };
}

/** Named places in one text. */
export class Anchors<Key> {
  private readonly spans: Map<Key, Span>;

  constructor(places: Iterable<readonly [Key, Span]>) {
    this.spans = new Map(places);
  }

  /** Where it is now; undefined when it was deleted. */
  get(key: Key): Span | undefined {
    return this.spans.get(key);
  }

  entries(): IterableIterator<[Key, Span]> {
    return this.spans.entries();
  }

  /** Follows one change of `text`, the text before it. */
  follow(text: string, change: TextChange): void {
    const small = narrow(text, change);
    for (const [key, span] of this.spans) {
      const moved = moveSpan(span, small, text);
      if (moved === undefined) this.spans.delete(key);
      else this.spans.set(key, moved);
    }
  }
}
