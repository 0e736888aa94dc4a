/** `vgnet diff`: how far apart two gradient logs are. */
import { compareLogs, type LogComparison } from '../analysis/compareLogs.ts';
import { formatNumber, formatSetting } from '../analysis/numbers.ts';
import { readRunLog, type RunLog } from '../protocol/runLog.ts';
import { readText } from './inputFile.ts';
import { readOptions } from './options.ts';
import { count } from './report.ts';
import { exitCodes, InputError, type ExitCode, type Surroundings } from './surroundings.ts';
import { alignTable } from './table.ts';

export const diffUsage = `vgnet diff A.vglog B.vglog [--tolerance X] [--json]

Compares two gradient logs: the largest relative difference of every metric in every layer, over the steps that both have.

  --tolerance X     exit code 1 where a difference exceeds X
  --json            print one JSON object and nothing else

Exit code: 0 done, 1 a difference exceeds the tolerance, 2 the input was wrong.
`;

const options = { tolerance: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

export async function diff(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, diffUsage);
  const [first, second] = files;
  if (first === undefined || second === undefined || files.length > 2)
    throw new InputError(`Two .vglog files are compared, not ${files.length}.\n\n${diffUsage}`);
  const tolerance = readTolerance(values.tolerance);
  const logs = [await openLog(first, surroundings), await openLog(second, surroundings)] as const;
  const comparison = compareLogs(...logs);
  if (comparison.steps === 0)
    throw new InputError(`vgnet: error: ${first} and ${second} have no step in common`);
  surroundings.write(
    values.json
      ? `${JSON.stringify({ vgnet: 1, files: [first, second], ...comparison }, undefined, 2)}\n`
      : asText(comparison),
  );
  return tolerance !== undefined && comparison.largest > tolerance ? exitCodes.gateFailed : exitCodes.done;
}

function readTolerance(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0))
    throw new InputError(`--tolerance takes a number from 0, not ${JSON.stringify(text)}.`);
  return value;
}

async function openLog(file: string, surroundings: Surroundings): Promise<RunLog> {
  const outcome = readRunLog(await readText(file));
  if (!outcome.ok) throw new InputError(`${file}:1:1: error: ${outcome.message}`);
  for (const note of outcome.log.notes) surroundings.writeError(`${file}: note: ${note}\n`);
  return outcome.log;
}

const columns = ['norm', 'rms', 'relative', 'speed', 'error'] as const;

function asText(comparison: LogComparison): string {
  const { steps, loss, layers, onlyInFirst, onlyInSecond, largest } = comparison;
  const compared = columns.filter((id) => layers.some(({ metrics }) => metrics[id] !== undefined));
  const rows = layers.map(({ name, metrics }) => [
    name,
    ...compared.map((id) => {
      const found = metrics[id];
      return found === undefined ? '' : formatNumber(found.difference);
    }),
  ]);
  const missing = [
    ...onlyInFirst.map((name) => `  only in the first: ${name}`),
    ...onlyInSecond.map((name) => `  only in the second: ${name}`),
  ];
  return [
    `largest relative difference ${formatNumber(largest)} over ${count(steps, 'step')} in common${whereLargest(comparison)}`,
    ...(loss === undefined
      ? []
      : [`  loss ${formatNumber(loss.difference)}, at step ${formatSetting(loss.step)}`]),
    '',
    ...alignTable(['layer', ...compared], rows, [0]).map((line) => `  ${line}`),
    ...missing,
    '',
  ].join('\n');
}

/** The layer and metric that differ most, which need not be in the table. */
function whereLargest({ layers, largest }: LogComparison): string {
  if (largest === 0) return '';
  for (const { name, metrics } of layers)
    for (const [id, { difference, step }] of Object.entries(metrics))
      if (difference === largest) return `: ${id} of ${name}, at step ${formatSetting(step)}`;
  return '';
}
