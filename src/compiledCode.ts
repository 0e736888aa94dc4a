/**
 * Loads a bundle with the code that V8 compiled of it in an earlier start: compiling takes as long as all that runs until
 * the first lens.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/** Bytes of the SHA-256 that the kept code begins with. */
const digestLength = 32;

export interface LoadedBundle<T> {
  readonly exports: T;
  /** Keeps what V8 has compiled until now for the next start; undefined where it took what was kept. */
  readonly keep: (() => Promise<void>) | undefined;
}

/** Runs the CommonJS bundle `file` as `require` would; what was compiled of it is in `codeFile`, if anything. */
export function loadBundle<T>(file: string, codeFile: string): LoadedBundle<T> {
  const source = readFileSync(file, 'utf8');
  const code = readCode(codeFile, source);
  // On one line with the source, so that the lines of a stack are those of the file.
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
  const script = new Script(wrapped, { filename: file, ...(code && { cachedData: code }) });
  const bundle = { exports: {} };
  const run = script.runInThisContext() as (...surroundings: unknown[]) => void;
  run.call(bundle.exports, bundle.exports, createRequire(file), bundle, file, path.dirname(file));
  // V8 itself refuses code of another version of V8, or made under other flags.
  const wasTaken = script.cachedDataRejected === false;
  const keep = (): Promise<void> => writeCode(codeFile, source, script.createCachedData());
  return { exports: bundle.exports as T, keep: wasTaken ? undefined : keep };
}

/** The code that was kept of this very source. V8 trusts it blindly, so it has to be as it was written. */
function readCode(codeFile: string, source: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(codeFile);
  } catch {
    // The first start, or a folder that cannot be read: then V8 compiles, and it is `keep` that says what is wrong.
    return undefined;
  }
  const code = bytes.subarray(digestLength);
  return digest(source, code).equals(bytes.subarray(0, digestLength)) ? code : undefined;
}

/** Written beside and put into place in one step: another window may be reading. */
async function writeCode(codeFile: string, source: string, code: Buffer): Promise<void> {
  await mkdir(path.dirname(codeFile), { recursive: true });
  const part = `${codeFile}.${process.pid}`;
  await writeFile(part, [digest(source, code), code]);
  await rename(part, codeFile);
}

function digest(source: string, code: Buffer): Buffer {
  return createHash('sha256').update(source).update(code).digest();
}
