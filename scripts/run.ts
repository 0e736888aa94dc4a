/** Other programs, run to their end. */
import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A program ended badly; its own output has said why. */
export class ProgramFailed extends Error {
  readonly exitCode: number;
  constructor(command: string, exitCode: number) {
    super(`${command} ended with exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** Runs a program with this process's input and output; throws `ProgramFailed` unless it ends well. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  const child = spawn(command, args, { ...options, stdio: 'inherit' });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  if (exitCode !== 0) throw new ProgramFailed([command, ...args].join(' '), exitCode);
}
