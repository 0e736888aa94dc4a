/** The compiled kernels: one module for the life of the process, instances over a memory of their own. */
import { relaxed } from './relaxed.generated.ts';
import { strict } from './strict.generated.ts';

/** Functions that the kernels export. Addresses are bytes in the instance's memory. */
export interface Kernels {
  sine(x: number): number;
  cosine(x: number): number;
  exponential(x: number): number;
  logarithm(x: number): number;
  /** Samples of a block of sums, where each thread packs matrices and in how many bytes, whether the program judges (1) or learns (0). */
  configure(blockSamples: number, scratch: number, scratchBytes: number, evaluating: number): void;
  run32: RunKernel;
  run64: RunKernel;
  /** Sends the helpers at a control block home. */
  dismiss(control: number): void;
  /** Add the counts of a gradient's entries (address, length) by binary exponent to those at an address. */
  histogram32(gradient: number, length: number, counts: number): void;
  histogram64(gradient: number, length: number, counts: number): void;
}

/** Runs steps of a program (address, operations) from a table (address, steps) with helpers at a control block; answers how many were done. */
type RunKernel = (
  program: number,
  operations: number,
  table: number,
  steps: number,
  control: number,
  threads: number,
) => number;

/**
 * How products and their sums are rounded. Strict: each by itself, the same bits on every machine. Relaxed: both at once where
 * the processor is faster so, which differs between machines in the last bits.
 */
export type Arithmetic = 'strict' | 'relaxed';

const encoded: Readonly<Record<Arithmetic, string>> = { strict, relaxed };
const compiled = new Map<string, WebAssembly.Module>();

/** The kernels for memory that threads share or not, compiled when they are first asked for. */
export function kernelModule(arithmetic: Arithmetic, shared: boolean): WebAssembly.Module {
  const key = `${arithmetic} ${shared}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const binary = decode(arithmetic);
  const module = new WebAssembly.Module(shared ? binary : withoutSharing(binary));
  compiled.set(key, module);
  return module;
}

/** Whether relaxed arithmetic can be had here: Node 20 does not know it yet. */
export function hasRelaxedArithmetic(): boolean {
  return WebAssembly.validate(decode('relaxed'));
}

function decode(arithmetic: Arithmetic): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded[arithmetic]), (character) => character.charCodeAt(0));
}

/** The flags of the imported memory say that it is shared, which that of one thread need not be. */
function withoutSharing(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  // The import's two names with their lengths, and 2 for a memory; flags follow: 1 for a maximum, 2 for sharing.
  const names = String.fromCharCode(3) + 'env' + String.fromCharCode(6) + 'memory' + String.fromCharCode(2);
  const place = String.fromCharCode(...binary.subarray(0, headLength)).indexOf(names) + names.length;
  if (binary[place] !== 3)
    throw new Error(`The kernels import a memory with the flags ${binary[place]}, not 3`);
  return binary.with(place, 1);
}

/** Bytes at the start of the binary within which its only import stands. */
const headLength = 2048;

/** Bytes of a page of WebAssembly memory. */
export const pageBytes = 65_536;

/** Most pages that a memory can have. */
const mostPages = 65_536;

/** The kernels over a memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

const scalar = new WebAssembly.Instance(kernelModule('strict', false), {
  env: { memory: new WebAssembly.Memory({ initial: 1, maximum: mostPages }) },
});
const { sine, cosine, exponential, logarithm } = scalar.exports as unknown as Kernels;

/** sin, cos, eˣ and ln of float64 numbers with the same bits on every machine; within about 1 ulp. √ is `Math.sqrt`: exact everywhere. */
export const elementary = { sine, cosine, exponential, logarithm };

/** First byte behind the kernels' own constants. */
export const arenaStart = (scalar.exports['arenaStart'] as { readonly value: number }).value;
