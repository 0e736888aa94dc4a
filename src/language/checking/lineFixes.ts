/** Fixes of lines of layers whose words are known. */
import type { LayerProblem } from '../catalogue/layers/layer.ts';
import type { Fix } from '../diagnostic.ts';
import { headEnd } from '../edit/removal.ts';
import { insertInFront } from '../edit/statements.ts';
import type { LayerBlock, LayerLine } from '../syntax.ts';
import type { PreparedLayer } from './preparedLines.ts';

/** The fix that gives a named argument of a layer line another value, or adds it. */
export function setArgument(line: PreparedLayer, name: string, value: string): Fix {
  const written = line.arguments?.spanOf(name);
  const replacement = `${name}=${value}`;
  if (written)
    return {
      title: `Change to \`${replacement}\``,
      edits: [{ from: written.from, to: written.to, replacement: value }],
    };
  const end = headEnd(line.line);
  return { title: `Add \`${replacement}\``, edits: [{ from: end, to: end, replacement: ` ${replacement}` }] };
}

/** What would make a layer fit what arrives, where its kind knows. */
export function fixesOf(text: string, line: PreparedLayer, { before, setting }: LayerProblem): Fix[] {
  if (setting) return [setArgument(line, setting.name, setting.value)];
  if (before === undefined) return [];
  return [{ title: `Put \`${before}\` in front`, edits: [insertInFront(text, line.line, before)] }];
}

/** Braces around what stands behind the number of a `repeat`. */
export function wrapBody(text: string, { positional, named }: LayerLine): Fix[] {
  const [count, first] = positional;
  if (!first) return [];
  const to = Math.max(...[...positional, ...named].map((item) => item.to));
  const edits = [
    { from: count.to, to: count.to, replacement: ' {' },
    { from: to, to, replacement: ' }' },
  ];
  return [{ title: `Put \`{ … }\` around \`${text.slice(first.from, to)}\``, edits }];
}

/** A layer in a block without one. */
export function fillBlock(text: string, { from }: LayerBlock): Fix {
  const layer = 'dense 16';
  const replacement = ` ${layer}${text[from + 1] === '}' ? ' ' : ''}`;
  return { title: `Insert \`${layer}\``, edits: [{ from: from + 1, to: from + 1, replacement }] };
}
