import { arenaStart } from './kernels/load.ts';

/** Bytes of a cache line: what one thread writes, another must not share. */
export const alignment = 64;

/** Addresses in one linear memory, handed out before the memory exists: what a run takes is known before anything is allocated. */
export class Arena {
  private end = align(arenaStart);

  /** Address of `bytes` fresh bytes, which will be zero. */
  allocate(bytes: number): number {
    const address = this.end;
    this.end = align(this.end + bytes);
    return address;
  }

  /** Bytes of the whole memory so far. */
  get bytes(): number {
    return this.end;
  }
}

function align(address: number): number {
  return Math.ceil(address / alignment) * alignment;
}

/** `count` rounded up to a multiple of `multiple`. */
export function roundUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}
