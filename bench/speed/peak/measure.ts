/** The most that strict 128-bit SIMD gives in WebAssembly on one core of this machine, for the share that the engine reaches. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { median } from '../report/numbers.ts';

/** Multiplications and additions of a round of `assembly/peak.ts`: 4 x 2 x 8 vectors of 4. */
export const operationsOfRound = 256;
const rounds = 50_000;
/** The first half is for the optimising compiler, which works beside. */
const repetitions = 1000;

/** Floating-point operations per second, the median and the best of several repetitions. */
export async function measurePeak(): Promise<{ readonly median: number; readonly best: number }> {
  const once = await openPeak();
  const speeds = Array.from({ length: repetitions }, () => once(rounds)).slice(repetitions / 2);
  return { median: median(speeds), best: Math.max(...speeds) };
}

/** What runs so many rounds and answers with their floating-point operations per second. */
export async function openPeak(): Promise<(count: number) => number> {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(await compile()), {});
  const run = instance.exports['run'] as (rounds: number, factor: number) => number;
  return (count) => {
    const start = performance.now();
    run(count, 1.5);
    return (operationsOfRound * count) / ((performance.now() - start) / 1000);
  };
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let binary = new Uint8Array();
  const stderr = asc.createMemoryStream();
  const baseDir = path.join(import.meta.dirname, 'assembly');
  // The kernels' level: see `scripts/generateKernels.ts`.
  const options = ['--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1', '-O2'];
  const { error } = await asc.main(['peak.ts', '--outFile', 'peak.wasm', '--baseDir', baseDir, ...options], {
    readFile: (name) => (name === 'peak.ts' ? readFileSync(path.join(baseDir, name), 'utf8') : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = new Uint8Array(contents);
    },
    listFiles: () => [],
    stderr,
  });
  if (error !== null) throw new Error(`the peak kernel does not compile: ${stderr.toString()}`);
  return binary;
}
