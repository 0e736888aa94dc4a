import type { CheckedFile } from '../check.ts';
import { settingsBlocks } from './names.ts';
import type { Setting, Span } from '../syntax.ts';

/** A path in the text, without its quotes. */
export interface PathLink {
  readonly span: Span;
  readonly path: string;
}

/** The files and folders that the text names, relative to the `.vgnet` file. */
export function links({ syntax }: CheckedFile): readonly PathLink[] {
  return settingsBlocks(syntax).flatMap(({ settings }) =>
    settings.flatMap((setting) => linkOf(setting) ?? []),
  );
}

function linkOf({ name, value }: Setting): PathLink | undefined {
  if ((name.text !== 'path' && name.text !== 'weights') || value?.type !== 'string' || value.value === '')
    return undefined;
  return { span: { from: value.from + 1, to: value.to - 1 }, path: value.value };
}
