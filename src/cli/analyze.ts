/** `vgnet analyze`: trains the networks of a file and reports. */
import type { CheckedNetwork } from '../language/network.ts';
import { summarize, type FileSummary } from '../analysis/summary.ts';
import { openFile, readDataFiles } from './inputFile.ts';
import { LogFile, logPath } from './logFile.ts';
import { onlyFile, readOptions, wholeNumber } from './options.ts';
import { Progress } from './progress.ts';
import { reportNetwork } from './report.ts';
import { exitCodes, type ExitCode, type Surroundings } from './surroundings.ts';
import { trainNetwork, type TrainedNetwork } from './training.ts';

export const analyzeUsage = `vgnet analyze FILE [--network NAME] [--steps N] [--seed N] [--log OUT.vglog] [--json]

Trains the networks of FILE and says what their gradients are like.

  --network NAME    only this network
  --steps N         train for N steps instead of what the file says
  --seed N          draw weights and batches from this seed
  --log OUT.vglog   write every recorded step; with several networks, one file each: OUT.NAME.vglog
  --json            print one JSON object and nothing else

Exit code: 0 done, 2 the input was wrong, 130 interrupted (what was recorded until then is reported).
`;

const options = {
  network: { type: 'string' },
  steps: { type: 'string' },
  seed: { type: 'string' },
  log: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export async function analyze(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, analyzeUsage);
  const file = onlyFile(files, analyzeUsage);
  const steps = wholeNumber('steps', values.steps, 1);
  const seed = wholeNumber('seed', values.seed, 0);
  const input = await openFile(file, values.network);
  for (const warning of input.warnings) surroundings.writeError(`${warning}\n`);

  let interrupted = false;
  const forget = surroundings.onInterrupt(() => (interrupted = true));
  const trained: TrainedNetwork[] = [];
  try {
    for (const original of input.networks) {
      if (interrupted) break;
      const network = withOverrides(original, steps, seed);
      const log =
        values.log === undefined
          ? undefined
          : new LogFile(logPath(values.log, network.name, input.networks.length > 1));
      try {
        trained.push(await trainOne(file, network, log, surroundings, () => interrupted));
      } finally {
        log?.close();
      }
    }
  } finally {
    forget();
  }
  report(file, trained, values.json, surroundings);
  return interrupted ? exitCodes.interrupted : exitCodes.done;
}

/** The network with what the command line says instead of the file. */
export function withOverrides(
  network: CheckedNetwork,
  steps: number | undefined,
  seed: number | undefined,
): CheckedNetwork {
  const { train } = network;
  return {
    ...network,
    train: { ...train, duration: steps === undefined ? train.duration : { steps }, seed: seed ?? train.seed },
  };
}

async function trainOne(
  file: string,
  network: CheckedNetwork,
  log: LogFile | undefined,
  surroundings: Surroundings,
  isStopped: () => boolean,
): Promise<TrainedNetwork> {
  const progress = new Progress(surroundings, network.name);
  try {
    return await trainNetwork(
      file,
      network,
      await readDataFiles(file, network, surroundings.shippedData),
      surroundings.prepareRun,
      {
        begin(layers, plannedSteps) {
          log?.begin(network.name, layers);
          progress.begin(plannedSteps);
        },
        rows(rows) {
          log?.add(rows);
          progress.advance((rows.steps.at(-1) ?? -1) + 1, rows.loss.at(-1));
        },
        isStopped,
      },
    );
  } finally {
    progress.clear();
  }
}

function report(
  file: string,
  trained: readonly TrainedNetwork[],
  json: boolean,
  surroundings: Surroundings,
): void {
  const summaries = trained.map(({ network, recording, result, judgement, thresholds }) =>
    summarize(network, recording, result, judgement, thresholds),
  );
  if (json) {
    const whole: FileSummary = { vgnet: 1, file, networks: summaries };
    surroundings.write(`${JSON.stringify(whole, undefined, 2)}\n`);
    return;
  }
  for (const [index, summary] of summaries.entries()) {
    const run = trained[index];
    if (run !== undefined) surroundings.write(`${reportNetwork(summary, run.recording)}\n`);
  }
}
