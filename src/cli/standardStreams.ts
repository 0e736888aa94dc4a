/** Standard output and error, whose readers may leave before the command is done. */
import type { Writable } from 'node:stream';
import { isFileProblem } from './fileProblems.ts';

/**
 * Keeps a command going to its own exit code where nobody reads on (`vgnet check … | head`). `onLoss` is told of whatever else
 * becomes of the output, such as a full disk.
 */
export function outliveReader(stream: Writable, onLoss: (error: Error) => void): void {
  stream.on('error', (error) => {
    if (!isFileProblem(error) || error.code !== 'EPIPE') onLoss(error);
  });
}
