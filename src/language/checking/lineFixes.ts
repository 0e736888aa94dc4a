/** Fixes of lines of layers whose words are known. */
import type { LayerProblem } from '../catalogue/layers/layer.ts';
import type { Fix } from '../diagnostic.ts';
import { headEnd } from '../edit/removal.ts';
import { insertInFront } from '../edit/statements.ts';
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
