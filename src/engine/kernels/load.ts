/** The compiled kernels: one module for the life of the process, instances over a memory of their own. */
import { kernels } from './kernels.generated.ts';

/** Functions that the kernels export. Addresses are bytes in the instance's memory. */
export interface Kernels {
  sine(x: number): number;
  cosine(x: number): number;
  exponential(x: number): number;
  logarithm(x: number): number;
  /** Samples of a block of sums, where to pack matrices, and whether the program judges (1) or learns (0). */
  configure(blockSamples: number, scratch: number, evaluating: number): void;
  /** Run steps of a program (address, operations) from a table (address, steps) in float32; return how many were done. */
  run32(program: number, operations: number, table: number, steps: number): number;
  /** The same in float64. */
  run64(program: number, operations: number, table: number, steps: number): number;
  /** Add the counts of a gradient's entries (address, length) by binary exponent to those at an address. */
  histogram32(gradient: number, length: number, counts: number): void;
  histogram64(gradient: number, length: number, counts: number): void;
}

const bytes = Uint8Array.from(atob(kernels), (character) => character.charCodeAt(0));
const module = new WebAssembly.Module(bytes);

/** Bytes of a page of WebAssembly memory. */
export const pageBytes = 65_536;

/** The kernels over `memory`. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

const shared = new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 1 }) } });
const { sine, cosine, exponential, logarithm } = shared.exports as unknown as Kernels;

/** sin, cos, eˣ and ln of float64 numbers with the same bits on every machine; within about 1 ulp. √ is `Math.sqrt`: exact everywhere. */
export const elementary = { sine, cosine, exponential, logarithm };

/** First byte behind the kernels' own constants. */
export const arenaStart = (shared.exports['arenaStart'] as { readonly value: number }).value;
