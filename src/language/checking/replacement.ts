import type { Fix } from '../diagnostic.ts';
import type { Name, Span } from '../syntax.ts';

/** The fix that writes another word in the place of this one. */
export function replaceBy({ from, to }: Span, word: string): Fix {
  return { title: `Change to \`${word}\``, edits: [{ from, to, replacement: word }] };
}

/** The fix that gives a name of which there is another one a number. */
export function renumber({ from, to, text }: Name, taken: ReadonlySet<string>): Fix {
  let number = 2;
  while (taken.has(`${text}${number}`)) number++;
  const replacement = `${text}${number}`;
  return { title: `Rename to \`${replacement}\``, edits: [{ from, to, replacement }] };
}
