/** The word among `words` that `written` was probably meant to be; undefined where none is near. */
export function nearestWord(written: string, words: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  // One slip in four letters is a typing mistake; more is another word.
  const limit = Math.max(1, Math.floor((lower.length + 1) / 3));
  let nearest: string | undefined;
  let least = limit + 1;
  for (const word of words) {
    if (Math.abs(word.length - lower.length) >= least) continue;
    const distance = editDistance(lower, word.toLowerCase());
    // Where every letter differs, as of two words of one letter, nothing points from one to the other.
    if (distance < least && distance < Math.max(word.length, lower.length)) {
      least = distance;
      nearest = word;
    }
  }
  return nearest ?? extension(lower, words);
}

/** `sig` for `sigmoid`, `initialiser` for `init`: one begins with the other. */
function extension(lower: string, words: Iterable<string>): string | undefined {
  if (lower.length < 2) return undefined;
  for (const word of words)
    if (word.toLowerCase().startsWith(lower) || (word.length > 2 && lower.startsWith(word.toLowerCase())))
      return word;
  return undefined;
}

/** Damerau–Levenshtein distance (optimal string alignment): insertions, deletions, replacements and swaps of neighbours. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, beforeLast[column - 2] + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}
