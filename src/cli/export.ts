/** `vgnet export`: networks as PyTorch projects. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportProject } from '../interop/pytorch/project.ts';
import type { ProjectFiles } from '../protocol/worker.ts';
import { writeFailure } from './fileProblems.ts';
import { openFile, readDataFiles } from './inputFile.ts';
import { onlyFile, readOptions } from './options.ts';
import { overrideOptions, readOverrides, withOverrides } from './overrides.ts';
import { exitCodes, InputError, type ExitCode, type Surroundings } from './surroundings.ts';
import { memoryLimit } from './training.ts';

export const exportUsage = `vgnet export FILE --to pytorch --out DIR [--network NAME] [--steps N] [--seed N]

Writes the networks of FILE as PyTorch projects with the same weights, data and order of batches:
model.py, train.py, gradient_log.py, weights.safetensors and data.safetensors. "python train.py" trains
and writes run.vglog, which agrees with that of "vgnet analyze --log" step by step.

  --to pytorch      what to export to
  --out DIR         folder of the project; several networks: DIR/NAME each
  --network NAME    only this network
  --steps N         train for N steps instead of what the file says
  --seed N          draw weights and batches from this seed

Exit code: 0 done, 2 the input was wrong.
`;

const { steps, seed } = overrideOptions;
const options = {
  to: { type: 'string' },
  out: { type: 'string' },
  network: { type: 'string' },
  steps,
  seed,
} as const;

export async function exportNetworks(
  commandLine: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, exportUsage);
  const file = onlyFile(files, exportUsage);
  const { to, out } = values;
  if (to !== 'pytorch')
    throw new InputError(
      `${to === undefined ? '--to is missing' : `There is no export to ${JSON.stringify(to)}`}: expected --to pytorch.\n\n${exportUsage}`,
    );
  if (out === undefined) throw new InputError(`--out is missing: the folder to write to.\n\n${exportUsage}`);
  const overrides = readOverrides(values);
  const input = await openFile(file, values.network);
  for (const warning of input.warnings) surroundings.writeError(`${warning}\n`);
  for (const original of input.networks) {
    const network = withOverrides(original, overrides);
    const contents = await readDataFiles(file, network, surroundings.shippedData);
    const outcome = exportProject(network, contents, surroundings.prepareRun, memoryLimit);
    if (!outcome.ok) {
      const { line, message } = outcome.failure;
      throw new InputError(`${file}:${line}:1: error: ${message}`);
    }
    const folder = input.networks.length > 1 ? path.join(out, network.name) : out;
    await writeProject(folder, outcome.files);
    surroundings.write(`${network.name}: ${folder} (train it there with "python train.py")\n`);
  }
  return exitCodes.done;
}

async function writeProject(folder: string, files: ProjectFiles): Promise<void> {
  let target = folder;
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of files) {
      target = path.join(folder, name);
      await writeFile(target, content);
    }
  } catch (error) {
    throw writeFailure(target, error);
  }
}
