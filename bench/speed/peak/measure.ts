/** The most that strict 128-bit SIMD gives in WebAssembly on one core of this machine, for the share that the engine reaches. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { median } from '../report/numbers.ts';

/** Multiplications and additions of a round of `assembly/peak.ts`: 2 x 8 vectors of 4. */
const operationsOfRound = 64;
const rounds = 200_000;
/** The first half is for the optimising compiler, which works beside. */
const repetitions = 1000;

/** Floating-point operations per second, the median and the best of several repetitions. */
export async function measurePeak(): Promise<{ readonly median: number; readonly best: number }> {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(await compile()), {});
  const run = instance.exports['run'] as (rounds: number, factor: number) => number;
  const speeds = Array.from({ length: repetitions }, () => {
    const start = performance.now();
    run(rounds, 1.5);
    return (operationsOfRound * rounds) / ((performance.now() - start) / 1000);
  });
  const warm = speeds.slice(repetitions / 2);
  return { median: median(warm), best: Math.max(...warm) };
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let binary = new Uint8Array();
  const stderr = asc.createMemoryStream();
  const baseDir = path.join(import.meta.dirname, 'assembly');
  const options = ['--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1', '-O3'];
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
