/** Reads a command's arguments; what is wrong with them is said together with the command's usage. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { formatCount } from '../analysis/numbers.ts';
import { InputError } from './surroundings.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and file names of a command line. */
export function readOptions<const Declared extends Options>(
  commandLine: readonly string[],
  options: Declared,
  usage: string,
) {
  try {
    const { values, positionals } = parseArgs({
      args: [...commandLine],
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values, files: positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(`${error.message}\n\n${usage}`);
  }
}

/** The one file that a command takes. */
export function onlyFile(files: readonly string[], usage: string): string {
  const [file, second] = files;
  if (file === undefined) throw new InputError(`A .vgnet file is missing.\n\n${usage}`);
  if (second !== undefined)
    throw new InputError(`One file is enough, but ${second} was given too.\n\n${usage}`);
  return file;
}

/** A whole number from `least` to `most`, or undefined where the option was not given. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `${least}` : `${least} to ${formatCount(most)}`;
  throw new InputError(`--${name} takes a whole number from ${range}, not ${JSON.stringify(text)}.`);
}
