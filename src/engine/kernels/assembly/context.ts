/** What every operation of a step may ask for: set once a step by the program's loop, the same for all threads but for the range. */
export class Context {
  /** Samples in this step's batch: fewer than planned in the last batch of an epoch. */
  static samples: i32 = 0;
  /** Samples in a block. Sums over a batch are taken block by block, so that they do not depend on the number of threads. */
  static blockSamples: i32 = 4;
  /** This thread's samples; `from` is the first of a block. */
  static sampleFrom: i32 = 0;
  static sampleTo: i32 = 0;
  /** This thread, and how many there are. */
  static thread: i32 = 0;
  static threads: i32 = 1;
  /** Judging, not learning: dropout passes everything, batch normalisation uses its running statistics. */
  static evaluating: bool = false;
  /** Number of the update that this step leads to, from 0. */
  static step: f64 = 0;
  static learningRate: f64 = 0;
  /** Adam's 1 − β₁ᵗ and 1 − β₂ᵗ. */
  static correction1: f64 = 1;
  static correction2: f64 = 1;
  /** Factor that clipping by norm puts on every gradient of this step. */
  static clipFactor: f64 = 1;
  /** Sample numbers of this step's batch, i32 each. */
  static order: usize = 0;
  /** Where this thread packs panels of matrices. */
  static scratch: usize = 0;
  /** Bytes of each thread's share of the memory for packing, and for tiles. */
  static scratchBytes: usize = 0;
  /** This step's row of the record, float64 each; 0 where it is not recorded. */
  static record: usize = 0;
  /** The loss or a gradient is not finite. */
  static diverged: bool = false;
}

/** The `index`-th whole number of an operation's record (after its code and its phase). */
@inline
export function integer(record: usize, index: i32): i32 {
  return load<i32>(record + 8 + (<usize>index << 2));
}

/** The same as an address. */
@inline
export function address(record: usize, index: i32): usize {
  return <usize>load<u32>(record + 8 + (<usize>index << 2));
}

/** The `index`-th float64 of an operation's record. */
@inline
export function real(record: usize, index: i32): f64 {
  return load<f64>(record + 128 + (<usize>index << 3));
}

/** This thread's parts of so many: neighbours, as even as can be. */
@inline
export function firstPart(parts: i32): i32 {
  return (parts * Context.thread) / Context.threads;
}

/** End of this thread's parts. */
@inline
export function endPart(parts: i32): i32 {
  return (parts * (Context.thread + 1)) / Context.threads;
}

/** First row of this thread, where a sample has `rowsPerSample` rows. */
@inline
export function firstRow(rowsPerSample: i32): i32 {
  return Context.sampleFrom * rowsPerSample;
}

/** End of this thread's rows, rounded up to whole tiles of four rows. */
@inline
export function endRow(rowsPerSample: i32): i32 {
  return (Context.sampleTo * rowsPerSample + 3) & ~3;
}
