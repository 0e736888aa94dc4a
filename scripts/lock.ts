/** A lock between processes: a folder that only one can make, with its owner's process id inside. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Does `work` while this process alone holds `folder`; waits for a living owner and takes over from a dead one. */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  while (!tryToMake(folder)) {
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else await pause(500);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tryToMake(folder: string): boolean {
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(folder: string): boolean {
  try {
    const owner = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    if (owner === 0) return isOld(folder);
    process.kill(owner, 0);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return isOld(folder);
    return code === 'ESRCH';
  }
}

/** Whether the folder has been without a readable owner for longer than writing one takes. */
function isOld(folder: string): boolean {
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > 5000;
}
