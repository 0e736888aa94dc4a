/** A word at the beginning of a layer line that is no layer. */
import { layers } from '../catalogue/layers.ts';
import { input, repeat } from '../catalogue/structure.ts';
import type { Fix } from '../diagnostic.ts';
import { nearestWord } from '../nearest.ts';
import type { LayerLine } from '../syntax.ts';
import { replaceBy } from './replacement.ts';
import { findEntry } from './words.ts';

/** Every word that can begin a line of a network. */
export const lineWords: readonly string[] = [input.name, repeat.name, ...layers.map(({ name }) => name)];

/** How other libraries call a `dense` layer. */
const denseElsewhere = /^(linear|fc|full|fully_connected|affine)$/i;

/** What is said of such a word, and the word that was probably meant. */
export interface UnknownKind {
  readonly meant: string | undefined;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** An activation in a layer's place, the name of `dense` in another library, or a slip. */
export function describeUnknownKind({ kind, positional }: LayerLine): UnknownKind {
  const { text } = kind;
  const isDense = positional[0]?.type === 'number' && denseElsewhere.test(text);
  if (isDense || !findEntry('activation', text)) {
    const meant = isDense ? 'dense' : nearestWord(text, lineWords);
    const offer = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    return {
      meant,
      message: `\`${text}\` is not a layer.${offer}`,
      fixes: meant === undefined ? [] : [replaceBy(kind, meant)],
    };
  }
  const edits = [{ from: kind.from, to: kind.from, replacement: 'activation ' }];
  return {
    meant: 'activation',
    message: `\`${text}\` is an activation, not a layer: it stands behind one, as in \`dense 16 ${text}\`, or on a line of its own as \`activation ${text}\`.`,
    fixes: [{ title: `Write \`activation ${text}\``, edits }],
  };
}
