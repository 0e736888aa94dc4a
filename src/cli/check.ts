/** `vgnet check`: a gate for continuous integration. */
import { writeFile } from 'node:fs/promises';
import { annotate } from './annotations.ts';
import { fails, type CheckedRun } from './gate.ts';
import { writeFailure } from './fileProblems.ts';
import { openFile } from './inputFile.ts';
import { readOptions } from './options.ts';
import { expectOutput } from './outputFiles.ts';
import { overrideOptions, readOverrides, type Overrides } from './overrides.ts';
import { reportCheck } from './reportCheck.ts';
import { sarifLog } from './sarif.ts';
import { exitCodes, InputError, type ExitCode, type Surroundings } from './surroundings.ts';
import { trainFile } from './trainFile.ts';

export const checkUsage = `vgnet check FILE… [--steps N] [--seed N] [--seeds N] [--json] [--sarif OUT.sarif] [--annotations]

Trains the networks of every FILE and fails where a verdict is vanishing, exploding, dead units, underflow or diverged.

  --steps N         train for N steps instead of what the files say
  --seed N          draw weights and batches from this seed
  --seeds N         repeat over N seeds; one that fails is enough
  --json            print one JSON object and nothing else
  --sarif OUT       write the findings as SARIF, too
  --annotations     print the findings as GitHub annotations, too (done by itself inside GitHub Actions)

Exit code: 0 all passed, 1 a gate failed, 2 the input was wrong, 130 interrupted.
`;

const options = {
  ...overrideOptions,
  json: { type: 'boolean', default: false },
  sarif: { type: 'string' },
  annotations: { type: 'boolean', default: false },
} as const;

export async function check(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, checkUsage);
  if (files.length === 0) throw new InputError(`A .vgnet file is missing.\n\n${checkUsage}`);
  const overrides = readOverrides(values);
  if (values.sarif !== undefined) await expectOutput(values.sarif, files);
  let interrupted = false;
  const forget = surroundings.onInterrupt(() => (interrupted = true));
  const runs: CheckedRun[] = [];
  let wrongInput = false;
  for (const file of files) {
    try {
      runs.push(...(await checkFile(file, overrides, surroundings, () => interrupted)));
    } catch (error) {
      // One file that is wrong does not keep the others from being checked.
      if (!(error instanceof InputError)) throw error;
      surroundings.writeError(`${error.message}\n`);
      wrongInput = true;
    }
  }
  forget();
  if (values.sarif !== undefined) await writeSarif(values.sarif, runs, !wrongInput && !interrupted);
  if (values.json) surroundings.write(`${JSON.stringify(asObject(files, runs), undefined, 2)}\n`);
  else surroundings.write(reportCheck(runs));
  if (values.annotations || surroundings.environment['GITHUB_ACTIONS'] === 'true') {
    const text = runs.map(annotate).join('');
    if (values.json) surroundings.writeError(text);
    else surroundings.write(text);
  }
  if (interrupted) return exitCodes.interrupted;
  if (wrongInput) return exitCodes.wrongInput;
  return runs.some(({ summary }) => fails(summary)) ? exitCodes.gateFailed : exitCodes.done;
}

async function checkFile(
  file: string,
  overrides: Overrides,
  surroundings: Surroundings,
  isStopped: () => boolean,
): Promise<CheckedRun[]> {
  if (isStopped()) return [];
  const input = await openFile(file, undefined);
  for (const warning of input.warnings) surroundings.writeError(`${warning}\n`);
  const trained = await trainFile(
    input,
    overrides,
    { log: undefined, weightsOut: undefined, predicts: false },
    surroundings,
    isStopped,
  );
  return trained.map(({ run, summary }) => ({ file, network: run.network, summary }));
}

async function writeSarif(file: string, runs: readonly CheckedRun[], complete: boolean): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(sarifLog(runs, complete), undefined, 2)}\n`);
  } catch (error) {
    throw writeFailure(file, error);
  }
}

/** The object of `vgnet analyze`; each network also says which file it is from and whether it passed. */
function asObject(files: readonly string[], runs: readonly CheckedRun[]): object {
  return {
    vgnet: 1,
    ...(files.length === 1 ? { file: files[0] } : { files }),
    networks: runs.map(({ file, summary }) => ({ file, passed: !fails(summary), ...summary })),
  };
}
