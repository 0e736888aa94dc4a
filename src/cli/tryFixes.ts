/** Trains a network as it is and, where that alarms, with every fix that might help: same data, steps and seeds. */
import { proposeFixes } from '../analysis/fixes.ts';
import type { Candidate } from '../analysis/fixes/fix.ts';
import { measure, rank, type Measured } from '../analysis/fixes/measure.ts';
import { isAlarm } from '../analysis/verdict.ts';
import { check } from '../language/check.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { readDataFiles } from './inputFile.ts';
import { withOverrides, type Overrides } from './overrides.ts';
import { Progress } from './progress.ts';
import { InputError, type Surroundings } from './surroundings.ts';
import { withSeed } from './trainFile.ts';
import { trainNetwork, type TrainedNetwork } from './training.ts';

/** A fix and what its run showed. */
export interface TriedFix {
  readonly candidate: Candidate;
  readonly measured: Measured;
}

/** A network, and the fixes that were tried on it, the best first; none where nothing is wrong with it. */
export interface TriedNetwork {
  readonly network: CheckedNetwork;
  readonly asItIs: Measured;
  readonly seeds: number;
  readonly fixes: readonly TriedFix[];
  /** Fixes that were to be tried when it was stopped. */
  readonly untried: number;
}

/** Tries the fixes of one network of a text; undefined where it was stopped before the network itself was measured. */
export async function tryFixes(
  file: string,
  text: string,
  original: CheckedNetwork,
  overrides: Overrides,
  surroundings: Surroundings,
  isStopped: () => boolean,
): Promise<TriedNetwork | undefined> {
  const { name } = original;
  const files = await readDataFiles(file, original, surroundings.shippedData);
  const train = (network: CheckedNetwork, label: string): Promise<TrainedNetwork[]> =>
    trainSeeds(file, withOverrides(network, overrides), files, { label, surroundings, isStopped });
  const runs = await train(original, name);
  const [first] = runs;
  if (first === undefined) return undefined;
  const asItIs = measure(runs);
  const leading = runs.find(({ judgement }) => isAlarm(judgement.verdict.kind)) ?? first;
  const judged = { ...leading.judgement, recording: leading.recording };
  const candidates = proposeFixes(check(text), name, judged);
  const fixes: TriedFix[] = [];
  let untried = 0;
  for (const [index, candidate] of candidates.entries()) {
    const label = `${name}: fix ${index + 1} of ${candidates.length}`;
    const tried = await orNote(() => train(candidate.network, label), candidate, surroundings);
    // What Ctrl+C has cut short cannot be compared with what was not.
    if (isStopped()) {
      untried = candidates.length - index;
      break;
    }
    if (tried !== undefined) fixes.push({ candidate, measured: measure(tried) });
  }
  return { network: first.network, asItIs, seeds: runs.length, fixes: rank(fixes), untried };
}

interface TrainingSurroundings {
  readonly label: string;
  readonly surroundings: Surroundings;
  readonly isStopped: () => boolean;
}

async function trainSeeds(
  file: string,
  network: CheckedNetwork,
  files: FileContents,
  { label, surroundings, isStopped }: TrainingSurroundings,
): Promise<TrainedNetwork[]> {
  const seeds = network.analyze.seeds ?? 1;
  const runs: TrainedNetwork[] = [];
  for (let index = 0; index < seeds && !isStopped(); index += 1) {
    const progress = new Progress(
      surroundings,
      seeds === 1 ? label : `${label}, seed ${index + 1} of ${seeds}`,
    );
    try {
      runs.push(
        await trainNetwork(file, withSeed(network, index), files, surroundings.prepareRun, {
          begin: ({ plannedSteps }) => progress.begin(plannedSteps),
          rows: ({ steps, loss }) => progress.advance((steps.at(-1) ?? -1) + 1, loss.at(-1)),
          isStopped,
        }),
      );
    } finally {
      progress.clear();
    }
  }
  return runs;
}

/** A fix that cannot be trained, such as one that needs too much memory, is left out and named. */
async function orNote<Result>(
  work: () => Promise<Result>,
  { title }: Candidate,
  { writeError }: Surroundings,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    writeError(`note: ${title} was left out: ${error.message}\n`);
    return undefined;
  }
}
