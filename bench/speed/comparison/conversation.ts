/** What contenders that run under Node share: they answer one JSON line for each that they are sent. */
import { createInterface } from 'node:readline';

/** Loads a job, gives its norms for so many steps from the start (fewer where they take too long), or trains from the start for so many seconds. */
export type Question = { readonly load: string } | { readonly norms: number } | { readonly time: number };

export interface Loaded {
  readonly version: string;
}

export interface Norms {
  /** Steps x layers. */
  readonly norms: readonly (readonly number[])[];
}

export interface Timing {
  readonly steps: number;
  readonly seconds: number;
  /** Of processor time, all threads together. */
  readonly processorSeconds: number;
}

export type Answer = Loaded | Norms | Timing | { readonly error: string };

/** What slow contenders may take for their first norms. */
const mostMilliseconds = 5000;

/** A training that has not begun. */
export interface Training {
  /** Does some steps and gives each one's norms, layer by layer; may do more than asked. */
  run(steps: number): Promise<readonly (readonly number[])[]> | readonly (readonly number[])[];
  close?(): void;
}

/** Answers until nobody asks any more. */
export async function serve(
  open: (folder: string) => Promise<Training> | Training,
  version: string,
): Promise<void> {
  let folder = '';
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line) as Question;
    if ('load' in question) folder = question.load;
    const answer = await respond(question, () => open(folder), version).catch((error: unknown) => ({
      error: error instanceof Error ? error.message : String(error),
    }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

async function respond(
  question: Question,
  open: () => Promise<Training> | Training,
  version: string,
): Promise<Answer> {
  const training = await open();
  try {
    if ('norms' in question) return { norms: await firstNorms(training, question.norms) };
    await training.run(1);
    return 'load' in question ? { version } : await measure(training, question.time);
  } finally {
    training.close?.();
  }
}

async function firstNorms(training: Training, steps: number): Promise<Norms['norms']> {
  const norms: (readonly number[])[] = [];
  const start = performance.now();
  while (norms.length < steps && performance.now() - start < mostMilliseconds) {
    norms.push(...(await training.run(1)));
  }
  return norms.slice(0, steps);
}

/** Trains for about so long, in stretches that look at the clock rarely. */
async function measure(training: Training, seconds: number): Promise<Timing> {
  let steps = 0;
  let stretch = 1;
  const start = performance.now();
  const used = process.cpuUsage();
  for (;;) {
    const begin = performance.now();
    const { length } = await training.run(stretch);
    const now = performance.now();
    steps += length;
    if (now - start >= 1000 * seconds) {
      const { user, system } = process.cpuUsage(used);
      return { steps, seconds: (now - start) / 1000, processorSeconds: (user + system) / 1e6 };
    }
    stretch = Math.max(1, Math.min(1000, Math.floor((length * 20) / Math.max(now - begin, 1e-3))));
  }
}
