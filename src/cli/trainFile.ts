/** Trains what a command asks for of a file: its networks, one after the other, each over its seeds. */
import { describeFrequencies, judgeOverSeeds } from '../analysis/overSeeds.ts';
import type { PredictedLayer } from '../analysis/prediction.ts';
import { summarize, type NetworkSummary } from '../analysis/summary.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { readDataFiles, type InputFile } from './inputFile.ts';
import { LogFile } from './logFile.ts';
import { outputPath } from './outputPath.ts';
import { predictionOf } from './prediction.ts';
import { Progress } from './progress.ts';
import type { Surroundings } from './surroundings.ts';
import { trainNetwork, type TrainedNetwork } from './training.ts';
import { writeWeights } from './weightsFile.ts';

/** What the command line says instead of the file. */
export interface Overrides {
  readonly steps: number | undefined;
  readonly seed: number | undefined;
  readonly seeds: number | undefined;
}

/** What a command wants besides the summary. */
export interface TrainingOutputs {
  /** File for every recorded step. */
  readonly log: string | undefined;
  /** File for the weights that the first seed starts from. */
  readonly weightsOut: string | undefined;
  readonly predicts: boolean;
}

/** A network's run with the first seed, and the summary over all of them. */
export interface TrainedSummary {
  readonly run: TrainedNetwork;
  readonly summary: NetworkSummary;
}

/** Trains the networks of a file; fewer where `isStopped` says so, but what was begun is there. */
export async function trainFile(
  input: InputFile,
  overrides: Overrides,
  { log, weightsOut, predicts }: TrainingOutputs,
  surroundings: Surroundings,
  isStopped: () => boolean,
): Promise<TrainedSummary[]> {
  const trained: TrainedSummary[] = [];
  const { file } = input;
  for (const original of input.networks) {
    if (isStopped()) break;
    const network = withOverrides(original, overrides);
    const files = await readDataFiles(file, network, surroundings.shippedData);
    const { seeds } = network.analyze;
    const runs: TrainedNetwork[] = [];
    for (let index = 0; index < seeds && !isStopped(); index += 1) {
      const label = seeds === 1 ? network.name : `${network.name} (seed ${index + 1} of ${seeds})`;
      const logFile =
        log === undefined || index > 0
          ? undefined
          : new LogFile(outputPath(log, network.name, input.networks.length > 1));
      const progress = new Progress(surroundings, label);
      try {
        runs.push(
          await trainNetwork(file, withSeed(network, index), files, surroundings.prepareRun, {
            begin(run) {
              const { layers, plannedSteps, notes } = run;
              if (index === 0 && weightsOut !== undefined)
                writeWeights(
                  outputPath(weightsOut, network.name, input.networks.length > 1),
                  network.train.precision,
                  run.weights(),
                );
              if (index === 0)
                for (const note of notes)
                  surroundings.writeError(`${file}:${network.data.line}:1: note: ${note}\n`);
              logFile?.begin(network.name, layers);
              progress.begin(plannedSteps);
            },
            rows(rows) {
              logFile?.add(rows);
              progress.advance((rows.steps.at(-1) ?? -1) + 1, rows.loss.at(-1));
            },
            isStopped,
          }),
        );
      } finally {
        progress.clear();
        logFile?.close();
      }
    }
    const predicted = predicts ? predictedLayers(file, network, files, surroundings) : undefined;
    trained.push(...overSeeds(runs, predicted));
  }
  return trained;
}

/** What is predicted, beside what was measured. A bug in the predictor must not cost the measurement: it is told on standard error. */
function predictedLayers(
  file: string,
  network: CheckedNetwork,
  files: FileContents,
  surroundings: Surroundings,
): readonly PredictedLayer[] | undefined {
  try {
    const prediction = predictionOf(file, network, files);
    return prediction.type === 'predicted' ? prediction.layers : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    surroundings.writeError(`${file}:${network.line}:1: note: the predictor failed: ${reason}\n`);
    return undefined;
  }
}

/** The network under what the command line says instead of its file. */
export function withOverrides(network: CheckedNetwork, { steps, seed, seeds }: Overrides): CheckedNetwork {
  const { train, analyze } = network;
  const duration = steps === undefined ? train.duration : { steps };
  return {
    ...network,
    train: { ...train, duration, seed: seed ?? train.seed },
    analyze: { ...analyze, seeds: seeds ?? analyze.seeds },
  };
}

/** Other weights and other batches from the same data: seeds that follow the network's own. */
export function withSeed(network: CheckedNetwork, index: number): CheckedNetwork {
  return { ...network, train: { ...network.train, seed: network.train.seed + index } };
}

/** One summary for all seeds: the first run's measurements under the verdict over all. */
function overSeeds(
  runs: readonly TrainedNetwork[],
  predicted: readonly PredictedLayer[] | undefined,
): TrainedSummary[] {
  const [run] = runs;
  if (run === undefined) return [];
  const summary = summarize(run.network, run.recording, run.result, run.judgement, run.thresholds, predicted);
  if (runs.length === 1) return [{ run, summary }];
  const { verdict, verdicts } = judgeOverSeeds(runs.map(({ judgement }) => judgement.verdict));
  const leading = runs.find(({ judgement }) => judgement.verdict === verdict) ?? run;
  const message = `${verdict.message} (${describeFrequencies(verdicts)})`;
  return [
    {
      run,
      summary: {
        ...summary,
        verdict: { ...verdict, message },
        verdicts,
        findings: leading.judgement.findings,
      },
    },
  ];
}
