// Compiles the AssemblyScript kernels and writes them, base64 in a TypeScript module, to kernels.generated.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'src/engine/kernels');

/** Compiles `assembly/index.ts`; throws with the compiler's words where it cannot. */
export async function generateKernels() {
  let binary;
  const { error, stderr } = await asc.main(
    [
      'assembly/index.ts',
      ...['--outFile', 'kernels.wasm'],
      ...['--baseDir', folder],
      ...['--runtime', 'stub'],
      ...['--enable', 'simd'],
      ...['--enable', 'threads'],
      '--importMemory',
      ...['--use', 'abort='],
      '--noAssert',
      ...['-O3', '--converge'],
    ],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(path.resolve(base, name), 'utf8');
        } catch {
          return null; // The compiler tries several places for every import.
        }
      },
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`the kernels do not compile: ${error.message}\n${stderr.toString()}`);
  const text = `export const kernels = '${Buffer.from(binary).toString('base64')}';\n`;
  writeFileSync(path.join(folder, 'kernels.generated.ts'), text);
  return binary.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`kernels: ${await generateKernels()} bytes\n`);
}
