/** `vgnet analyze`: trains the networks of a file and reports. */
import type { FileSummary } from '../analysis/summary.ts';
import { openFile, type InputFile } from './inputFile.ts';
import { onlyFile, readOptions } from './options.ts';
import { expectOutput, outputPath } from './outputFiles.ts';
import { overrideOptions, readOverrides } from './overrides.ts';
import { reportNetwork } from './report.ts';
import { exitCodes, type ExitCode, type InputError, type Surroundings } from './surroundings.ts';
import { trainFile } from './trainFile.ts';

export const analyzeUsage = `vgnet analyze FILE [--network NAME] [--steps N] [--seed N] [--seeds N] [--log OUT.vglog] [--weights-out OUT.safetensors] [--json]

Trains the networks of FILE and says what their gradients are like.

  --network NAME    only this network
  --steps N         train for N steps instead of what the file says
  --seed N          draw weights and batches from this seed
  --seeds N         repeat over N seeds and say how often each verdict comes up
  --log OUT.vglog   write every recorded step of the first seed; several networks: OUT.NAME.vglog each
  --weights-out OUT.safetensors
                    write the weights that it starts from, under PyTorch's names
  --json            print one JSON object and nothing else

Exit code: 0 done, 2 the input was wrong, 130 interrupted (what was recorded until then is reported).
`;

const options = {
  ...overrideOptions,
  'network': { type: 'string' },
  'log': { type: 'string' },
  'weights-out': { type: 'string' },
  'json': { type: 'boolean', default: false },
} as const;

export async function analyze(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, analyzeUsage);
  const file = onlyFile(files, analyzeUsage);
  const overrides = readOverrides(values);
  const input = await openFile(file, values.network);
  for (const warning of input.warnings) surroundings.writeError(`${warning}\n`);

  const { log, 'weights-out': weightsOut } = values;
  await expectOutputs(input, [log, weightsOut]);
  let interrupted = false;
  let isLogWhole = true;
  const onLogFailure = (failure: InputError): void => {
    isLogWhole = false;
    surroundings.writeError(`${failure.message}; the log ends here\n`);
  };
  const forget = surroundings.onInterrupt(() => (interrupted = true));
  try {
    const trained = await trainFile(
      input,
      overrides,
      { log, onLogFailure, weightsOut, predicts: true },
      surroundings,
      () => interrupted,
    );
    if (values.json) {
      const whole: FileSummary = { vgnet: 1, file, networks: trained.map(({ summary }) => summary) };
      surroundings.write(`${JSON.stringify(whole, undefined, 2)}\n`);
    } else {
      for (const { summary, run } of trained)
        surroundings.write(`${reportNetwork(summary, run.recording)}\n`);
    }
  } finally {
    forget();
  }
  if (interrupted) return exitCodes.interrupted;
  return isLogWhole ? exitCodes.done : exitCodes.wrongInput;
}

/** Looks at the files of all networks before the first of them trains. */
async function expectOutputs(
  { file, networks }: InputFile,
  patterns: readonly (string | undefined)[],
): Promise<void> {
  for (const pattern of patterns.filter((given) => given !== undefined))
    for (const { name } of networks)
      await expectOutput(outputPath(pattern, name, networks.length > 1), [file]);
}
