/** One job, all contenders: the norms are held against each other first, then they are timed in turns. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Contender, type Entry } from './contender.ts';
import type { Timing } from './conversation.ts';
import { entriesFor, isOwn } from './entries.ts';
import { writeJob } from './exchange.ts';
import { expectedNorms, largestDifference } from './expected.ts';
import type { Job } from './jobs.ts';

/** How long and how often. */
export interface Effort {
  readonly rounds: number;
  /** Seconds of each turn. */
  readonly seconds: number;
  /** Steps whose norms are compared, where float32 can follow for so long. */
  readonly comparedSteps: number;
}

/** What came of one contender in one setting. */
export interface Outcome {
  readonly library: string;
  readonly setting: string;
  readonly version: string;
  /** Of each round, in their order. */
  readonly stepsPerSecond: readonly number[];
  /** The same by processor time, all threads together: what other processes of the machine disturb least. */
  readonly stepsPerProcessorSecond: readonly number[];
  /** Largest relative difference of a layer's norm from the expected one, over all compared steps. */
  readonly difference: number;
}

/** A contender that does not take part, and why. */
export interface Absence {
  readonly library: string;
  readonly setting: string;
  readonly reason: string;
}

export interface Comparison {
  /** Steps whose norms were compared. */
  readonly comparedSteps: number;
  readonly outcomes: readonly Outcome[];
  readonly absences: readonly Absence[];
}

/** Float32 sums in another order round differently, and training spreads that. A larger relative difference is other work. */
const mostDifference = 2e-3;
/** Steps are compared while rounding alone makes less of a difference than this. */
const mostSpread = mostDifference / 10;

interface Participant {
  readonly contender: Contender;
  readonly version: string;
  readonly difference: number;
  readonly timings: Timing[];
}

/** Compares all contenders in one job; those that cannot do it, or do something else, are named with the reason. */
export async function compare(job: Job, temporary: string, effort: Effort): Promise<Comparison> {
  const folder = path.join(temporary, job.name);
  mkdirSync(folder, { recursive: true });
  writeJob(job, folder);
  const participants: Participant[] = [];
  const absences: Absence[] = [];
  const expected = expectedNorms(job, effort.comparedSteps, mostSpread);
  for (const entry of entriesFor(job.name)) {
    const contender = new Contender(entry);
    try {
      const { version } = await contender.load(folder);
      const norms = await contender.norms(expected.length);
      const difference = largestDifference(norms, expected);
      if (!(difference <= mostDifference))
        throw new Error(`its norms differ by up to ${difference.toExponential(1)}`);
      participants.push({ contender, version, difference, timings: [] });
    } catch (error) {
      contender.close();
      if (isOwn(entry.library)) throw error;
      absences.push(absence(entry, error));
    }
  }
  try {
    for (let round = -1; round < effort.rounds; round += 1) {
      for (const { contender, timings } of participants) {
        // Two turns of a slow one must do, lest all others wait for it.
        if (timings.length > 1 && (timings[0]?.seconds ?? 0) > 2 * effort.seconds) continue;
        const timing = await contender.time(effort.seconds);
        if (round >= 0) timings.push(timing); // The first round is for compilers to warm up.
      }
    }
  } finally {
    for (const { contender } of participants) contender.close();
  }
  const outcomes = participants.map(({ contender: { entry }, version, difference, timings }) => ({
    library: entry.library,
    setting: entry.setting,
    version,
    stepsPerSecond: timings.map(({ steps, seconds }) => steps / seconds),
    stepsPerProcessorSecond: timings.map(({ steps, processorSeconds }) => steps / processorSeconds),
    difference,
  }));
  return { comparedSteps: expected.length, outcomes, absences };
}

function absence({ library, setting }: Entry, error: unknown): Absence {
  return { library, setting, reason: error instanceof Error ? error.message : String(error) };
}
