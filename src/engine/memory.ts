/** The linear memory of a run with the kernels over it. */
import { roundUp } from './arena.ts';
import {
  instantiateKernels,
  kernelModule,
  pageBytes,
  type Arithmetic,
  type Kernels,
} from './kernels/load.ts';

/** Most bytes that one linear memory can have. */
export const mostBytes = 2 ** 32 - pageBytes;

/** Reads and writes by byte address; nothing here grows or moves. */
export class RunMemory {
  readonly kernels: Kernels;
  /** What the kernels were made of. */
  readonly module: WebAssembly.Module;
  readonly view: DataView;
  readonly integers: Int32Array;
  /** The memory as numbers of the run's precision, and how many bytes one has. */
  readonly numbers: Float32Array | Float64Array;
  readonly width: number;
  /** What helping threads share. */
  readonly memory: WebAssembly.Memory;
  private readonly buffer: ArrayBuffer;

  constructor(bytes: number, width: number, shared = false, arithmetic: Arithmetic = 'strict') {
    const pages = roundUp(bytes, pageBytes) / pageBytes;
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    this.module = kernelModule(arithmetic, shared);
    this.kernels = instantiateKernels(this.module, this.memory);
    this.buffer = this.memory.buffer;
    this.view = new DataView(this.buffer);
    this.integers = new Int32Array(this.buffer);
    this.numbers = width === 4 ? new Float32Array(this.buffer) : new Float64Array(this.buffer);
    this.width = width;
  }

  /** `length` float64 numbers at an address. */
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.buffer, address, length);
  }

  /** `length` 32-bit words at an address. */
  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.buffer, address, length);
  }

  /** Runs steps of a program in the run's precision, with the helpers at a control block; returns how many were done. */
  run(
    program: number,
    operations: number,
    table: number,
    steps: number,
    control: number,
    threads: number,
  ): number {
    const { run32, run64 } = this.kernels;
    return (this.width === 4 ? run32 : run64)(program, operations, table, steps, control, threads);
  }

  /** Adds a gradient's entries to the counts at an address. */
  histogram(gradient: number, length: number, counts: number): void {
    const { histogram32, histogram64 } = this.kernels;
    (this.width === 4 ? histogram32 : histogram64)(gradient, length, counts);
  }
}
