/** Compiles the AssemblyScript kernels and writes them, base64 in a TypeScript module, to kernels.generated.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { generateTiles } from './generateTiles.ts';
import { root } from './paths.ts';

const folder = path.join(root, 'src/engine/kernels');

/** Compiles `assembly/index.ts`; throws with the compiler's words where it cannot. */
export async function generateKernels(): Promise<void> {
  generateTiles();
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
  const text = `export const kernels = '${Buffer.from(binary).toString('base64')}';\n`;
  writeFileSync(path.join(folder, 'kernels.generated.ts'), text);
}
