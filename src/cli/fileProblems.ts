/** What a failed read or write says to a person, without Node's own wording around it. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from './surroundings.ts';

/** Why a file could not be read. */
export function readProblem(error: unknown): string {
  return describe(error, 'there is no such file');
}

/** The file could not be written: an expected end of a command. */
export function writeFailure(file: string, error: unknown): InputError {
  return new InputError(
    `vgnet: error: ${file} cannot be written: ${describe(error, 'there is no such folder')}`,
  );
}

/** Fails at once, not after an hour of training, where a file's folder cannot be written to. */
export async function expectWritable(file: string): Promise<void> {
  try {
    await access(path.dirname(file), constants.W_OK);
  } catch (error) {
    throw writeFailure(file, error);
  }
}

/** An error of the file system, as against a bug. */
export function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function describe(error: unknown, missing: string): string {
  if (!isFileProblem(error)) throw error;
  switch (error.code) {
    case 'ENOENT':
      return missing;
    case 'EISDIR':
      return 'this is a folder, not a file';
    case 'EACCES':
      return 'permission denied';
    default:
      return error.message;
  }
}
