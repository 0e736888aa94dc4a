/** Trains what a command asks for of a file: its networks, one after the other, each over its seeds. */
import { judgeOverSeeds } from '../analysis/overSeeds.ts';
import type { PredictedLayer } from '../analysis/prediction.ts';
import { summarize, type NetworkSummary } from '../analysis/summary.ts';
import { summarizeSeeds } from '../analysis/summaryOverSeeds.ts';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { readDataFiles, type InputFile } from './inputFile.ts';
import { LogFile } from './logFile.ts';
import { outputPath } from './outputFiles.ts';
import { withOverrides, type Overrides } from './overrides.ts';
import { predictionOf } from './prediction.ts';
import { Progress } from './progress.ts';
import { trainSeeds } from './seeds.ts';
import { InputError, type Surroundings } from './surroundings.ts';
import { memoryLimit, trainNetwork, type TrainedNetwork } from './training.ts';
import { writeWeights } from './weightsFile.ts';

/** What a command wants besides the summary. */
export interface TrainingOutputs {
  /** File for every recorded step. */
  readonly log: string | undefined;
  /** The log ends before the run does. */
  readonly onLogFailure?: (failure: InputError) => void;
  /** File for the weights that the first seed starts from. */
  readonly weightsOut: string | undefined;
  readonly predicts: boolean;
}

/** A network's run, of several seeds that which the verdict speaks of, and the summary over all of them. */
export interface TrainedSummary {
  readonly run: TrainedNetwork;
  readonly summary: NetworkSummary;
}

/** Trains the networks of a file; fewer where `isStopped` says so, but what was begun is there. */
export async function trainFile(
  input: InputFile,
  overrides: Overrides,
  outputs: TrainingOutputs,
  surroundings: Surroundings,
  isStopped: () => boolean,
): Promise<TrainedSummary[]> {
  const trained: TrainedSummary[] = [];
  const isOneOfSeveral = input.networks.length > 1;
  for (const original of input.networks) {
    if (isStopped()) break;
    const network = withOverrides(original, overrides);
    const files = await readDataFiles(input.file, network, surroundings.shippedData);
    const progress = new Progress(surroundings, network.name);
    const onLogFailure = (failure: InputError): void => {
      progress.clear();
      outputs.onLogFailure?.(failure);
    };
    const log =
      outputs.log === undefined
        ? undefined
        : new LogFile(outputPath(outputs.log, network.name, isOneOfSeveral), onLogFailure);
    const job = {
      file: input.file,
      network,
      files,
      surroundings,
      isStopped,
      log,
      progress,
    };
    let runs: TrainedNetwork[];
    try {
      if (outputs.weightsOut !== undefined)
        writeInitialWeights(outputPath(outputs.weightsOut, network.name, isOneOfSeveral), job);
      runs = await trainAll(job);
    } finally {
      progress.clear();
      log?.close();
    }
    const predicted = outputs.predicts ? predictedLayers(job) : undefined;
    trained.push(...overSeeds(runs, predicted));
  }
  return trained;
}

/** One network to train, with what is told of it. */
interface TrainingJob {
  readonly file: string;
  readonly network: CheckedNetwork;
  readonly files: FileContents;
  readonly surroundings: Surroundings;
  readonly isStopped: () => boolean;
  readonly log: LogFile | undefined;
  readonly progress: Progress;
}

/** A single seed in this thread, several of them in threads of their own. The log has the first one. */
async function trainAll(job: TrainingJob): Promise<TrainedNetwork[]> {
  const { file, network, files, surroundings, isStopped, log, progress } = job;
  const note = (message: string): void =>
    surroundings.writeError(`${file}:${network.data.line}:1: note: ${message}\n`);
  const seeds = network.analyze.seeds ?? 1;
  if (seeds > 1) {
    const thresholds = mergeThresholds(network.analyze);
    return trainSeeds(file, network, thresholds, seeds, files, surroundings.threads, {
      begin(layers, notes) {
        notes.forEach(note);
        log?.begin(network.name, layers);
      },
      rows: (rows) => log?.add(rows),
      progress: (trials) => progress.advanceSeeds(trials),
      isStopped,
      note,
    });
  }
  const run = await trainNetwork(file, network, files, surroundings.prepareRun, {
    begin({ layers, plannedSteps, notes }) {
      notes.forEach(note);
      log?.begin(network.name, layers);
      progress.begin(plannedSteps);
    },
    rows(rows) {
      log?.add(rows);
      progress.advance((rows.steps.at(-1) ?? -1) + 1, rows.loss.at(-1));
    },
    isStopped,
  });
  return [run];
}

/** The weights that the first seed starts from. */
function writeInitialWeights(target: string, { file, network, files, surroundings }: TrainingJob): void {
  const prepared = surroundings.prepareRun(network, files, { memoryLimit });
  if (!prepared.ok) {
    const { line, message } = prepared.failure;
    throw new InputError(`${file}:${line}:1: error: ${message}`);
  }
  writeWeights(target, network.train.precision, prepared.run.weights());
}

/** What is predicted, beside what was measured. A bug in the predictor must not cost the measurement: it is told on standard error. */
function predictedLayers({
  file,
  network,
  files,
  surroundings,
}: TrainingJob): readonly PredictedLayer[] | undefined {
  try {
    const prediction = predictionOf(file, network, files);
    return prediction.type === 'predicted' ? prediction.layers : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    surroundings.writeError(`${file}:${network.line}:1: note: the predictor failed: ${reason}\n`);
    return undefined;
  }
}

/** Other weights and other batches from the same data: seeds that follow the network's own. */
export function withSeed(network: CheckedNetwork, index: number): CheckedNetwork {
  return { ...network, train: { ...network.train, seed: network.train.seed + index } };
}

/** One summary for all seeds: the measurements of the run that the verdict speaks of. */
function overSeeds(
  runs: readonly TrainedNetwork[],
  predicted: readonly PredictedLayer[] | undefined,
): TrainedSummary[] {
  if (runs.length === 0) return [];
  // A seed that was interrupted says less than one that came to its end.
  const whole = runs.filter(({ result }) => result.end !== 'stopped');
  const counted = whole.length > 0 ? whole : runs;
  const together = judgeOverSeeds(counted.map(({ judgement }) => judgement));
  const run = counted[together.leading];
  if (run === undefined) throw new Error(`No run ${together.leading} of ${counted.length} leads`);
  const summary = summarize(run.network, run.recording, run.result, together, run.thresholds, predicted);
  if (runs.length === 1) return [{ run, summary }];
  return [{ run, summary: { ...summary, ...summarizeSeeds(counted, together.verdicts, summary.layers) } }];
}
