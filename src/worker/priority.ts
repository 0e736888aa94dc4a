/** Where in the queue for a core a thread stands. */
import { existsSync, readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import path from 'node:path';

/** One step of niceness is a tenth less of a core that others want too: with 5 steps a third of their share. */
export const backgroundNiceness = 5;

/** A link to the calling thread, as `PROCESS/task/THREAD`. */
const thisThread = '/proc/thread-self';

/**
 * Has this thread, and those that it starts, give way where there are fewer cores than work: the editor stays quick while a
 * network trains. Only Linux knows the niceness of a thread (setpriority(2), "C library/kernel differences"); elsewhere the
 * whole process would become slower, so nothing is done.
 */
export function giveWay(): void {
  if (process.platform !== 'linux' || !existsSync(thisThread)) return;
  const thread = Number(path.basename(readlinkSync(thisThread)));
  setPriority(thread, Math.max(getPriority(thread), backgroundNiceness));
}
