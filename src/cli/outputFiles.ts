/** The files that a command writes: their names, and whether they can be written at all. */
import { constants } from 'node:fs';
import { access, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isFileProblem, writeFailure } from './fileProblems.ts';
import { InputError } from './surroundings.ts';

/** `out.vglog` for a single network, `out.NAME.vglog` where there are several. */
export function outputPath(pattern: string, network: string, several: boolean): string {
  if (!several) return pattern;
  const { dir, name, ext } = path.parse(pattern);
  return path.join(dir, `${name}.${network}${ext}`);
}

/** Fails at once, not after an hour of training, where a file cannot be written. Nothing is changed by asking. */
export async function expectWritable(file: string): Promise<void> {
  try {
    const there = await open(file, 'r+');
    await there.close();
  } catch (error) {
    if (!isFileProblem(error) || error.code !== 'ENOENT') throw writeFailure(file, error);
    await expectWritableFolder(file);
  }
}

/** The same for an output that must not take the place of a network's own text. */
export async function expectOutput(file: string, networkFiles: readonly string[]): Promise<void> {
  if (networkFiles.some((networkFile) => path.resolve(networkFile) === path.resolve(file)))
    throw new InputError(`vgnet: error: ${file} is the network's own file: it is not written over`);
  await expectWritable(file);
}

const byteOrderMark = '\uFEFF';

/** Puts a new text into a file that is there. A byte-order mark, which is no part of a text that was read, stays. */
export async function replaceText(file: string, text: string): Promise<void> {
  try {
    const before = await readFile(file, 'utf8');
    await writeFile(file, before.startsWith(byteOrderMark) ? `${byteOrderMark}${text}` : text);
  } catch (error) {
    throw writeFailure(file, error);
  }
}

async function expectWritableFolder(file: string): Promise<void> {
  try {
    await access(path.dirname(file), constants.W_OK);
  } catch (error) {
    throw writeFailure(file, error);
  }
}
