/** Finds lines by offset; `\n`, `\r\n` and `\r` end a line. */
export function lineFinder(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  let last = 0;
  return (offset) => {
    starts ??= lineStarts(text);
    // Most are asked for one after the other.
    for (let line = last; line < last + 3; line++)
      if (offset >= starts[line] && offset < (starts[line + 1] ?? Infinity)) return (last = line) + 1;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    last = low;
    return low + 1;
  };
}

/** Where the lines of a text begin. */
function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
    return starts;
  }
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
