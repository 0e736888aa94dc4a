/** Runs exported projects under Debian's PyTorch. */
import { execFile } from 'node:child_process';
import net, { type AddressInfo } from 'node:net';
import { promisify } from 'node:util';

/** Debian's Python, not one that happens to be first on the PATH: it is the one that has PyTorch. */
const python = process.env['PYTHON'] ?? '/usr/bin/python3';

/** Standard output of `python3 ARGUMENTS` in a folder; what it says on standard error where it fails. */
export async function runPython(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(python, args, {
    cwd: folder,
    env: { ...process.env, OMP_NUM_THREADS: '1', ...environment },
  });
  return stdout;
}

/**
 * `torchrun --nproc_per_node=COUNT train.py`, by the variables that it sets: Debian 12's own torchrun ends with an error under
 * its Python, whatever the script (its flags are compared as Python 3.11 no longer does).
 */
export async function runProcesses(folder: string, count: number): Promise<void> {
  const port = await freePort();
  const processes = Array.from({ length: count }, (_, rank) =>
    runPython(folder, ['train.py'], {
      RANK: String(rank),
      LOCAL_RANK: String(rank),
      WORLD_SIZE: String(count),
      MASTER_ADDR: '127.0.0.1',
      MASTER_PORT: String(port),
      // A machine need not know its own name, by which the network would be found otherwise.
      ...(process.platform === 'linux' && { GLOO_SOCKET_IFNAME: 'lo' }),
    }),
  );
  const outcomes = await Promise.allSettled(processes);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason as Error;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
