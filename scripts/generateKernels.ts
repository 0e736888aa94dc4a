/**
 * Compiles the AssemblyScript kernels twice and writes them, base64 in TypeScript modules: with strict arithmetic to
 * strict.generated.ts, with relaxed arithmetic (see `multiplyAdd` in vectors.ts) to relaxed.generated.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { generateTiles } from './generateTiles.ts';
import { root } from './paths.ts';

const folder = path.join(root, 'src/engine/kernels');

/** Compiles `assembly/index.ts`; throws with the compiler's words where it cannot. */
export async function generateKernels(): Promise<void> {
  generateTiles();
  writeModule('strict', await compile([]));
  writeModule('relaxed', await compile(['--enable', 'relaxed-simd']));
}

function writeModule(arithmetic: string, binary: Uint8Array): void {
  const text = `export const ${arithmetic} = '${Buffer.from(binary).toString('base64')}';\n`;
  writeFileSync(path.join(folder, `${arithmetic}.generated.ts`), text);
}

async function compile(flags: readonly string[]): Promise<Uint8Array> {
  let binary = new Uint8Array();
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      'assembly/index.ts',
      '--outFile',
      'kernels.wasm',
      '--baseDir',
      folder,
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--enable',
      'threads',
      ...flags,
      '--importMemory',
      '--sharedMemory',
      '--maximumMemory',
      '65536',
      '--use',
      'abort=',
      '--noAssert',
      // More would undo the order in which tiles are written: sums that are moved together need more registers than there are.
      '-O2',
    ],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(path.resolve(base, name), 'utf8');
        } catch {
          return null; // The compiler tries several places for every import.
        }
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') binary = new Uint8Array(contents);
      },
      listFiles: () => [],
      stderr,
    },
  );
  if (error !== null) throw new Error(`the kernels do not compile: ${error.message}\n${stderr.toString()}`);
  return binary;
}
