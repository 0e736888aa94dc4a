/** A contender is a process of its own that is asked one thing at a time, so that all others are idle meanwhile. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Answer, Loaded, Norms, Question, Timing } from './conversation.ts';

/** How a contender is started. Settings of one library share its name. */
export interface Entry {
  readonly library: string;
  readonly setting: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A contender that runs. */
export class Contender {
  readonly entry: Entry;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;
  private errors = '';

  constructor(entry: Entry) {
    this.entry = entry;
    const [command, ...parameters] = entry.command;
    this.child = spawn(command, parameters, { env: { ...process.env, ...entry.environment } });
    this.child.stderr.on(
      'data',
      (text: Buffer) => (this.errors = (this.errors + text.toString()).slice(-2000)),
    );
    this.child.stdin.on('error', () => undefined); // That it ended is seen where its answer is awaited.
    this.lines = createInterface({ input: this.child.stdout });
  }

  load(folder: string): Promise<Loaded> {
    return this.ask({ load: folder }) as Promise<Loaded>;
  }

  async norms(steps: number): Promise<Norms['norms']> {
    return ((await this.ask({ norms: steps })) as Norms).norms;
  }

  time(seconds: number): Promise<Timing> {
    return this.ask({ time: seconds }) as Promise<Timing>;
  }

  close(): void {
    this.child.kill();
  }

  private async ask(question: Question): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const ended = (): void => reject(new Error(this.errors.trim().split('\n').at(-1) ?? 'it ended'));
      this.child.once('error', reject);
      this.child.once('close', ended);
      this.lines.once('line', (line) => {
        this.child.off('error', reject);
        this.child.off('close', ended);
        resolve(JSON.parse(line) as Answer);
      });
      this.child.stdin.write(`${JSON.stringify(question)}\n`);
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }
}
