/** The plan of a run's memory and operations, which the operations' files fill layer by layer. */
import type { Optimizer, Shape, TrainSettings } from '../language/network.ts';
import { Arena, roundUp } from './arena.ts';
import {
  codeErrorStatistics,
  codePassError,
  codeValueStatistics,
  phaseRows,
  sumsBytes,
} from './kernels/assembly/codes.ts';
import { historiesOf } from './optimizers.ts';
import type { ParameterBlock, ParameterTensor } from './parameters.ts';
import type { Operation } from './program.ts';
import { matrixOf, type Tensor } from './tensor.ts';

/** Sums over a batch are taken in so many blocks at most, each a multiple of four samples. */
export const maximumBlocks = 8;
const maximumParts = 8;
/** Numbers below which splitting an update is not worth it. */
const smallestPart = 1024;

/** What a recorded layer's quantities are read from. */
export interface RecordedPlan {
  readonly block: ParameterBlock;
  readonly input: Tensor | undefined;
  before: Tensor;
  after: Tensor;
  /** Whether `before` can be saturated, and units of `after` dead. */
  saturable: boolean;
  mortal: boolean;
  activation: string | undefined;
  /** For recurrent layers: time steps, and the address of the sums (blocks x steps) of the hidden state's error. */
  readonly time: { readonly steps: number; readonly sums: number } | undefined;
}

/** Rows of a matrix and the distance between them, in numbers. */
interface MatrixSize {
  readonly rows: number;
  readonly stride: number;
}

export class Plan {
  readonly arena = new Arena();
  readonly forward: Operation[] = [];
  readonly backward: Operation[] = [];
  readonly gradients: Operation[] = [];
  /** Gradients of which every thread computes just those parts of a block that it updates. */
  readonly completed = new Map<Operation, ParameterBlock>();
  /** What judging a whole data set needs besides the forward operations. */
  readonly judging: Operation[] = [];
  readonly blocks: ParameterBlock[] = [];
  /** Numbers of the run's precision that are not zero before the first step: `length` times `value` from an address on. */
  readonly fills: { readonly address: number; readonly length: number; readonly value: number }[] = [];
  /** 32-bit numbers that must stand in memory before the first step. */
  readonly tables: { readonly address: number; readonly entries: readonly number[] }[] = [];
  /** Recorded layers by their position in the network. */
  readonly recorded = new Map<number, RecordedPlan>();
  readonly precision: TrainSettings['precision'];
  /** Bytes of a number. */
  readonly width: number;
  /** Most samples of a batch. */
  readonly samples: number;
  readonly blockSamples: number;
  /** Threads that may share a step. */
  readonly threads: number;
  /** 32 bits of the run's seed, for what the kernels draw. */
  readonly seedWord: number;
  private readonly optimizer: Optimizer;
  private readonly summedValues = new Set<Tensor>();
  private readonly summedErrors = new Set<Tensor>();
  private readonly writtenErrors = new Set<number>();

  constructor({ precision, optimizer, seed }: TrainSettings, samples: number, threads = 1) {
    this.threads = threads;
    this.precision = precision;
    this.width = precision === 'float32' ? 4 : 8;
    this.seedWord = seed >>> 0;
    this.samples = samples;
    this.blockSamples = 4 * Math.ceil(samples / (4 * maximumBlocks));
    this.optimizer = optimizer;
  }

  /** Address of a matrix with `rows` rows a sample, whole tiles of rows; for sequences also whole tiles of samples. */
  matrix(rows: number, stride: number, wholeSamples = false): number {
    const count = wholeSamples ? roundUp(this.samples, 4) * rows : roundUp(this.samples * rows, 4);
    return this.arena.allocate(count * stride * this.width);
  }

  /** A fresh tensor; `error` is an address to share, or whether it needs one of its own. */
  tensor(shape: Shape, error: number | boolean): Tensor {
    const { rows, features, stride } = matrixOf(shape);
    const ownError = error === true ? this.matrix(rows, stride) : 0;
    return {
      rows,
      features,
      stride,
      value: this.matrix(rows, stride),
      error: typeof error === 'number' ? error : ownError,
      sums: this.sums(),
      marks: this.marks(stride),
    };
  }

  /** A tensor in the place of another, with sums and marks of its own. */
  tensorOver(tensor: Tensor): Tensor {
    return { ...tensor, sums: this.sums(), marks: this.marks(tensor.stride) };
  }

  /** Address of working space, so many bytes for each of the run's threads, one behind the other. */
  forThreads(bytes: number): number {
    return this.arena.allocate(bytes * this.threads);
  }

  /** Address of 32-bit numbers that stand in memory before the first step. */
  table(entries: readonly number[]): number {
    const address = this.arena.allocate(4 * entries.length);
    this.tables.push({ address, entries });
    return address;
  }

  /** Address of fresh sums of a batch's blocks. */
  sums(): number {
    return this.arena.allocate(maximumBlocks * sumsBytes);
  }

  private marks(stride: number): number {
    return this.arena.allocate(maximumBlocks * stride * this.width);
  }

  /** The parameters of a layer, in one stretch of `length` numbers; parts are whole tiles of rows of the `matrix` that they start with. */
  parameters(
    layer: number,
    length: number,
    tensors: readonly ParameterTensor[],
    matrix: MatrixSize = { rows: length, stride: 1 },
  ): ParameterBlock {
    const shares = Math.min(maximumParts, Math.ceil(length / smallestPart));
    const partRows = roundUp(Math.ceil(matrix.rows / shares), matrix.stride === 1 ? 16 : 4);
    const bytes = length * this.width;
    const { first, second } = historiesOf(this.optimizer);
    const block = {
      layer,
      values: this.arena.allocate(bytes),
      gradient: this.arena.allocate(bytes),
      first: first ? this.arena.allocate(bytes) : 0,
      second: second ? this.arena.allocate(bytes) : 0,
      length,
      partLength: partRows * matrix.stride,
      parts: Math.ceil(matrix.rows / partRows),
      sums: this.arena.allocate(maximumParts * sumsBytes),
      tensors,
    };
    this.blocks.push(block);
    return block;
  }

  /** Says that an operation takes the sums of the tensor's values on its way. */
  valuesAreSummed(tensor: Tensor): void {
    this.summedValues.add(tensor);
  }

  /** Has the sums of the tensor's values taken, now that they are known, if nothing took them on its way. */
  sumValues(tensor: Tensor): void {
    if (this.summedValues.has(tensor)) return;
    this.summedValues.add(tensor);
    const { value, rows, features, stride, sums, marks } = tensor;
    this.forward.push({
      code: codeValueStatistics,
      phase: phaseRows,
      integers: [value, rows, features, stride, sums, marks],
    });
  }

  errorsAreSummed(tensor: Tensor): void {
    this.summedErrors.add(tensor);
  }

  /** Has the sums of the tensor's error taken, now that it is complete, if nothing took them on its way. */
  sumErrors(tensor: Tensor): void {
    if (this.summedErrors.has(tensor) || tensor.error === 0) return;
    this.summedErrors.add(tensor);
    const { error, rows, features, stride, sums } = tensor;
    this.backward.push({
      code: codeErrorStatistics,
      phase: phaseRows,
      integers: [error, rows, features, stride, sums],
    });
  }

  /** Has a layer recorded that has no activation of its own: nothing of it saturates or dies. */
  recordPlain(layer: number, block: ParameterBlock, input: Tensor | undefined, output: Tensor): void {
    const none = { saturable: false, mortal: false, activation: undefined, time: undefined };
    this.recorded.set(layer, { block, input, before: output, after: output, ...none });
  }

  /** Hands an error that lies elsewhere on to a tensor, where anything before it learns. */
  passError(from: number, tensor: Tensor): void {
    if (tensor.error === 0 || tensor.error === from) return;
    this.backward.push({
      code: codePassError,
      phase: phaseRows,
      integers: [from, tensor.error, tensor.rows, tensor.stride, Number(this.addsToError(tensor))],
    });
  }

  /** Whether what is about to be written to a tensor's error comes on top of what another consumer wrote. */
  addsToError(tensor: Tensor): boolean {
    const adding = this.writtenErrors.has(tensor.error);
    this.writtenErrors.add(tensor.error);
    return adding;
  }
}
