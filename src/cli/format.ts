/** `vgnet format`: formats files in place, or says which ones are not formatted. */
import { applyEdits } from '../language/edit/applyEdits.ts';
import { parse } from '../language/parse.ts';
import { format as formatText } from '../language/service/format.ts';
import { describeDiagnostic, readText } from './inputFile.ts';
import { replaceText } from './outputFiles.ts';
import { readOptions } from './options.ts';
import { exitCodes, InputError, type ExitCode, type Surroundings } from './surroundings.ts';

export const formatUsage = `vgnet format FILE… [--check]

Formats files in place, and says which ones it changed.

  --check           change nothing; exit code 1 where a file is not formatted

Exit code: 0 done, 1 not formatted, 2 the input was wrong (such a file is left as it is).
`;

const options = { check: { type: 'boolean', default: false } } as const;

export async function format(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, formatUsage);
  if (files.length === 0) throw new InputError(`A .vgnet file is missing.\n\n${formatUsage}`);
  const changed: string[] = [];
  let wrongInput = false;
  for (const file of files) {
    try {
      if (await formatFile(file, values.check)) changed.push(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      surroundings.writeError(`${error.message}\n`);
      wrongInput = true;
    }
  }
  for (const file of changed) surroundings.write(values.check ? `${file} is not formatted\n` : `${file}\n`);
  if (wrongInput) return exitCodes.wrongInput;
  return values.check && changed.length > 0 ? exitCodes.gateFailed : exitCodes.done;
}

/** Whether the file was, or with `onlyCheck` would be, changed. */
async function formatFile(file: string, onlyCheck: boolean): Promise<boolean> {
  const text = await readText(file);
  const { diagnostics } = parse(text);
  if (diagnostics.length > 0)
    throw new InputError(
      diagnostics.map((diagnostic) => describeDiagnostic(file, text, diagnostic)).join('\n'),
    );
  const formatted = applyEdits(text, formatText(text));
  if (formatted === text) return false;
  if (onlyCheck) return true;
  await replaceText(file, formatted);
  return true;
}
