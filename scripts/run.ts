/** Other programs, run to their end. */
import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the program's output is seen as it comes, or only where it fails. */
  readonly output?: 'always' | 'on failure';
}

/** A program ended badly; its own output has said why. */
export class ProgramFailed extends Error {
  readonly exitCode: number;
  constructor(command: string, exitCode: number) {
    super(`${command} ended with exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** Runs a program; throws `ProgramFailed` unless it ends well. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  const { output = 'always', ...where } = options;
  const child = spawn(command, args, {
    ...where,
    stdio: output === 'always' ? 'inherit' : ['inherit', 'pipe', 'pipe'],
  });
  const held: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => held.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => held.push(chunk));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  if (exitCode === 0) return;
  process.stderr.write(Buffer.concat(held));
  throw new ProgramFailed([command, ...args].join(' '), exitCode);
}
