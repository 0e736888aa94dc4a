/** `vgnet fix`: tries what might cure a network, and ranks it by what training shows. */
import { alarmShare } from '../analysis/fixes/measure.ts';
import { openText, readText } from './inputFile.ts';
import { onlyFile, readOptions, wholeNumber } from './options.ts';
import { expectWritable, replaceText } from './outputFiles.ts';
import { overrideOptions, readOverrides } from './overrides.ts';
import { asObject, describeFix, reportFixes } from './reportFixes.ts';
import { exitCodes, InputError, type ExitCode, type Surroundings } from './surroundings.ts';
import { tryFixes, type TriedFix, type TriedNetwork } from './tryFixes.ts';

export const fixUsage = `vgnet fix FILE [--network NAME] [--apply N] [--steps N] [--seed N] [--seeds N] [--json]

Trains the networks of FILE; where gradients do not do, tries the fixes that fit the verdict, and ranks them by what their own
training shows: same data, same steps, same seeds.

  --network NAME    only this network
  --apply N         write the fix of rank N into FILE
  --steps N         train for N steps instead of what the file says
  --seed N          draw weights and batches from this seed
  --seeds N         try every fix over N seeds and rank by the share of alarms and the median loss
  --json            print one JSON object and nothing else

Exit code: 0 done, 2 the input was wrong, 130 interrupted (what was tried until then is reported, and nothing written).
`;

const options = {
  ...overrideOptions,
  network: { type: 'string' },
  apply: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export async function fix(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, fixUsage);
  const file = onlyFile(files, fixUsage);
  const apply = wholeNumber('apply', values.apply, 1);
  const overrides = readOverrides(values);
  const text = await readText(file);
  const { networks, warnings } = openText(file, text, values.network);
  for (const warning of warnings) surroundings.writeError(`${warning}\n`);
  if (apply !== undefined) {
    await expectWritable(file);
    if (networks.length > 1)
      throw new InputError(
        `--apply needs --network NAME: ${file} has ${networks.map(({ name }) => name).join(', ')}.`,
      );
  }
  let interrupted = false;
  const forget = surroundings.onInterrupt(() => (interrupted = true));
  const tried: TriedNetwork[] = [];
  try {
    for (const network of networks) {
      if (interrupted) break;
      const found = await tryFixes(file, text, network, overrides, surroundings, () => interrupted);
      if (found !== undefined) tried.push(found);
    }
  } finally {
    forget();
  }
  const chosen = apply === undefined || interrupted ? undefined : fixOfRank(tried, apply);
  if (chosen !== undefined) await rewrite(file, text, chosen);
  if (values.json) {
    const applied = chosen === undefined ? {} : { applied: apply };
    const whole = { vgnet: 1, file, ...applied, networks: tried.map((network) => asObject(text, network)) };
    surroundings.write(`${JSON.stringify(whole, undefined, 2)}\n`);
  } else {
    for (const network of tried) surroundings.write(`${reportFixes(text, network)}\n`);
    if (chosen !== undefined && apply !== undefined)
      surroundings.write(`${[`Written to ${file}:`, ...describeFix(text, chosen, apply)].join('\n')}\n`);
  }
  return interrupted ? exitCodes.interrupted : exitCodes.done;
}

/** The fix to write; undefined where the network needs none. */
function fixOfRank([tried]: readonly TriedNetwork[], place: number): TriedFix | undefined {
  if (tried === undefined || alarmShare(tried.asItIs) === 0) return undefined;
  const chosen = tried.fixes[place - 1];
  const known = tried.fixes.length;
  if (chosen === undefined)
    throw new InputError(
      `--apply ${place}: ${tried.network.name} has ${known === 0 ? 'no fixes' : `fixes 1 to ${known}`}.`,
    );
  return chosen;
}

/** Writes the fixed text, unless somebody has changed the file while the fixes were tried. */
async function rewrite(file: string, text: string, { candidate }: TriedFix): Promise<void> {
  if ((await readText(file)) !== text)
    throw new InputError(`${file} was changed while its fixes were tried: nothing was written.`);
  await replaceText(file, candidate.text);
}
