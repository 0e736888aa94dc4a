/** From a path on the command line to checked networks and the bytes of the files that they name. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { dataFiles } from '../engine/data/dataFiles.ts';
import { decodeText } from '../engine/data/text.ts';
import { check } from '../language/check.ts';
import type { Diagnostic } from '../language/diagnostic.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { isFileProblem, readProblem } from './fileProblems.ts';
import { InputError } from './surroundings.ts';

/** A file that was read and checked, and the networks of it that were asked for. */
export interface InputFile {
  readonly file: string;
  readonly networks: readonly CheckedNetwork[];
  /** `file:line:column: warning: …`, one a line. */
  readonly warnings: readonly string[];
}

/** Reads and checks a file. What is wrong with it is an `InputError` with every error in it, one a line. */
export async function openFile(file: string, name: string | undefined): Promise<InputFile> {
  return openText(file, await readText(file), name);
}

/** Checks a text that is, or could be, that of `file`. */
export function openText(file: string, text: string, name: string | undefined): InputFile {
  const { diagnostics, networks } = check(text);
  const wanted = name === undefined ? networks : networks.filter((network) => network.name === name);
  const say = (diagnostic: Diagnostic): string => describeDiagnostic(file, text, diagnostic);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(say);
  const checked = wanted.flatMap(({ network }) => network ?? []);
  // A network that was named may be sound though another one in its file is not.
  if (errors.length > 0 && (name === undefined || checked.length === 0))
    throw new InputError(errors.join('\n'));
  if (name !== undefined && wanted.length === 0) throw new InputError(unknownNetwork(file, name, networks));
  if (checked.length === 0) throw new InputError(`${file}:1:1: error: there is no network in this file`);
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').map(say);
  return { file, networks: checked, warnings };
}

/** The text of a file, which must be UTF-8. */
export async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new InputError(`${file}:1:1: error: ${readProblem(error)}`);
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new InputError(`${file}:${decoded.line}:1: error: this line is not UTF-8 text`);
  return decoded.text;
}

/** `file:line:column: error: message`, lines and columns from 1. */
export function describeDiagnostic(file: string, text: string, diagnostic: Diagnostic): string {
  const before = text.slice(0, diagnostic.from);
  const line = before.split('\n').length;
  const column = diagnostic.from - before.lastIndexOf('\n');
  return `${file}:${line}:${column}: ${diagnostic.severity}: ${diagnostic.message}`;
}

/** Bytes of the files that a network names, relative to its own file (`digits` comes from the folder `shippedData`); what cannot be read is left out, and the engine says so. */
export async function readDataFiles(
  file: string,
  network: CheckedNetwork,
  shippedData: string,
): Promise<FileContents> {
  const contents = new Map<string, Uint8Array>();
  const { weights } = network.train;
  const beside = path.dirname(file);
  const shipped = network.data.kind === 'digits';
  for (const candidates of dataFiles(network.data)) {
    for (const name of candidates) {
      const bytes = await readIfThere(
        shipped ? path.join(shippedData, 'digits.csv.gz') : path.resolve(beside, name),
      );
      if (bytes === undefined) continue;
      contents.set(name, bytes);
      break;
    }
  }
  const bytes = weights === undefined ? undefined : await readIfThere(path.resolve(beside, weights));
  if (weights !== undefined && bytes !== undefined) contents.set(weights, bytes);
  return contents;
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isFileProblem(error)) return undefined;
    throw error;
  }
}

function unknownNetwork(file: string, name: string, networks: readonly { readonly name: string }[]): string {
  const known = networks.map((network) => network.name).join(', ');
  return `${file}:1:1: error: there is no network ${JSON.stringify(name)}; ${known === '' ? 'the file has none' : `the file has ${known}`}`;
}
