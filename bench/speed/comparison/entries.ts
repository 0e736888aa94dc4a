/** Who takes part, each in the settings among which its best is looked for. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Entry } from './contender.ts';

const bench = path.join(import.meta.dirname, '..');
/** Debian's Python, which has `python3-torch` and `python3-numpy`. */
const python = '/usr/bin/python3';
/** Numbers of threads that are tried. */
const threadCounts = availableParallelism() === 1 ? [1] : [1, availableParallelism()];

/** The engine, strict as it is by default and with `vgnet.fastMath`. */
const strictEngine = 'vgnet';
const fastEngine = 'vgnet, fast math';

/** Whether a library is the engine, which must take part in everything. */
export function isOwn(library: string): boolean {
  return library === strictEngine || library === fastEngine;
}

/** The library whose best setting is the measure. */
export const referenceLibrary = 'PyTorch';

/** All contenders for a job; images have settings of their own. */
export function entriesFor(jobName: string): readonly Entry[] {
  return [
    ...engine(strictEngine),
    ...engine(fastEngine, 'fast'),
    ...threadCounts.flatMap((threads) => torch(threads, jobName === 'CNN')),
    ...threadCounts.map((threads) => numpy(threads)),
    { library: 'jax-js', setting: 'WebAssembly', command: node('peers/jax.ts') },
    { library: 'TensorFlow.js WASM', setting: 'one thread', command: node('peers/tensorflow.ts', 'wasm') },
    { library: 'TensorFlow.js CPU', setting: 'one thread', command: node('peers/tensorflow.ts', 'cpu') },
    { library: 'plain JavaScript', setting: 'Float32Array', command: node('contenders/plain.ts') },
  ];
}

function engine(library: string, ...arithmetic: readonly string[]): readonly Entry[] {
  const script = 'contenders/engine.ts';
  return [
    { library, setting: 'one thread', command: node(script, 'alone', ...arithmetic) },
    { library, setting: 'threads where they pay', command: node(script, 'threads', ...arithmetic) },
  ];
}

function node(script: string, ...parameters: readonly string[]): Entry['command'] {
  return [process.execPath, '--disable-warning=ExperimentalWarning', path.join(bench, script), ...parameters];
}

function torch(threads: number, images: boolean): readonly Entry[] {
  const methods = ['modules', 'foreach', 'jit', ...(images ? ['foreach channels-last'] : [])];
  return methods.map((method) => ({
    library: referenceLibrary,
    setting: `${method}, ${say(threads)}`,
    command: [python, path.join(bench, 'peers/torch_peer.py'), String(threads), ...method.split(' ')],
    environment: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
  }));
}

function numpy(threads: number): Entry {
  return {
    library: 'numpy by hand',
    setting: say(threads),
    command: [python, path.join(bench, 'peers/numpy_peer.py')],
    environment: { OPENBLAS_NUM_THREADS: String(threads) },
  };
}

function say(threads: number): string {
  return threads === 1 ? 'one thread' : `${threads} threads`;
}
