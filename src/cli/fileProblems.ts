/** What a failed read or write says to a person, without Node's own wording around it. */
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
    case 'ENOSPC':
      return 'no space is left';
    case 'EROFS':
      return 'the disk is read-only';
    default:
      return error.message;
  }
}
