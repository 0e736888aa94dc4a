/** The compiled kernels: one module for the life of the process, instances over a memory of their own. */
import { kernels } from './kernels.generated.ts';

/** Functions that the kernels export. */
export interface Kernels {
  sine(x: number): number;
  cosine(x: number): number;
  exponential(x: number): number;
  logarithm(x: number): number;
}

const bytes = Uint8Array.from(atob(kernels), (character) => character.charCodeAt(0));
const module = new WebAssembly.Module(bytes);

/** Bytes of a page of WebAssembly memory. */
export const pageBytes = 65_536;

/** The kernels over `memory`. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as Kernels;
}

const { sine, cosine, exponential, logarithm } = instantiateKernels(new WebAssembly.Memory({ initial: 1 }));

/** sin, cos, eˣ and ln of float64 numbers with the same bits on every machine; within about 1 ulp. √ is `Math.sqrt`: exact everywhere. */
export const elementary = { sine, cosine, exponential, logarithm };
