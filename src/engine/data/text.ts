/** What the bytes of a text file say, or the first line that is not UTF-8. */
export type DecodedText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly line: number };

const lineFeed = 0x0a;

/** Reads UTF-8, strictly; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const text = decode(bytes);
  if (text !== undefined) {
    return { ok: true, text };
  }
  let line = 1;
  let start = 0;
  // A line feed is never part of a longer UTF-8 sequence, so that every line can be tried alone.
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
    if (decode(bytes.subarray(start, end)) === undefined) {
      break;
    }
    line++;
    start = end + 1;
  }
  return { ok: false, line };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A TypeError is how TextDecoder says that the bytes are not UTF-8.
    return undefined;
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The finite decimal number that the text is, surrounding spaces aside; undefined for everything else, `nan` and `0x10` included. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  const value = decimal.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
