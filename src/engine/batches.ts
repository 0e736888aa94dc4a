import { Random } from './random.ts';

/** The order in which a run sees its training samples: shuffled anew every epoch, the last, smaller batch of an epoch kept. */
export class Batches {
  readonly stepsPerEpoch: number;
  private readonly samples: number;
  private readonly size: number;
  /** Undefined where every step takes all samples, in the file's order. */
  private readonly random: Random | undefined;
  private order: Uint32Array;
  private position = 0;

  constructor(samples: number, batch: number | 'all', seed: number) {
    this.samples = samples;
    this.size = batch === 'all' ? samples : Math.min(batch, samples);
    this.stepsPerEpoch = Math.ceil(samples / this.size);
    this.random = batch === 'all' ? undefined : new Random(seed, 'batch order');
    this.order = Uint32Array.from({ length: samples }, (_, index) => index);
  }

  /** Most samples of a batch. */
  get largest(): number {
    return this.size;
  }

  /** The samples of the next step. */
  next(): Uint32Array {
    if (this.position === 0 && this.random !== undefined) this.order = this.random.permutation(this.samples);
    const batch = this.order.subarray(this.position, this.position + this.size);
    this.position = this.position + this.size >= this.samples ? 0 : this.position + this.size;
    return batch;
  }
}
