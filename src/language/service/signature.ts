import type { CheckedFile } from '../check.ts';
import { describeArgument, parametersOf, signatureOf } from './markdown.ts';
import { argumentOf, locate } from './place.ts';

/** The call or line that is being written, with the argument under way. */
export interface Signature {
  readonly label: string;
  readonly markdown: string;
  readonly parameters: readonly { readonly label: string; readonly markdown: string }[];
  /** Index into `parameters`; −1 where all places are taken. */
  readonly active: number;
}

/** The signature around the offset; undefined where there is none. */
export function signatureAt({ text, tree }: CheckedFile, offset: number): Signature | undefined {
  const { place, node } = locate(text, tree, offset);
  if (place.type === 'argument') {
    const { entry, positional } = place;
    return signature(
      place,
      entry.arguments.findIndex(({ position }) => position === positional),
    );
  }
  if (place.type !== 'value' || !place.owner) return undefined;
  const argument =
    argumentOf(text, node.name === 'Argument' ? node : (node.parent ?? node))?.argument ?? place.argument;
  return signature(place.owner, place.owner.entry.arguments.indexOf(argument));
}

function signature(
  { entry, form }: { entry: Parameters<typeof signatureOf>[0]; form: Parameters<typeof signatureOf>[1] },
  active: number,
): Signature {
  const labels = parametersOf(entry, form);
  return {
    label: signatureOf(entry, form),
    markdown: entry.summary,
    parameters: entry.arguments.map((argument, index) => ({
      label: labels[index],
      markdown: describeArgument(argument),
    })),
    active,
  };
}
