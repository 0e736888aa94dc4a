/**
 * Seeded random numbers with the same bits on every machine and in every JavaScript engine.
 *
 * The generator is xoshiro128** (Blackman & Vigna 2021), seeded by splitmix64. What the language standard leaves to the
 * host (`Math.log`, `Math.sin`, …) is not used: logarithms come from the kernels, square roots are exact everywhere.
 */
import { elementary } from './kernels/load.ts';

/** What the numbers are for. Streams of one seed are independent: drawing more of one changes nothing in another. */
export type Stream = 'data' | 'teacher' | 'split' | 'initialisation' | 'batch order' | 'dropout';

const mask64 = (1n << 64n) - 1n;
const goldenGamma = 0x9e3779b97f4a7c15n;

/** The finalizer of splitmix64 (Steele, Lea & Flood 2014) on 64 bits. */
function mix64(bits: bigint): bigint {
  let z = bits & mask64;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask64;
  return z ^ (z >> 31n);
}

/** 64-bit FNV-1a hash of an ASCII name, which sets the streams of one seed apart. */
function hashName(name: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const character of new TextEncoder().encode(name)) {
    hash = ((hash ^ BigInt(character)) * 0x100000001b3n) & mask64;
  }
  return hash;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** One stream of random numbers. */
export class Random {
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;
  /** The second of each pair of normal numbers. */
  private spare: number | undefined;

  /** `seed` is a whole number of at most 53 bits, negative ones included. */
  constructor(seed: number, stream: Stream) {
    if (!Number.isSafeInteger(seed)) {
      throw new Error(`A seed is a whole number, not ${seed}`);
    }
    const start = mix64(BigInt.asUintN(64, BigInt(seed))) ^ hashName(stream);
    const first = mix64(start + goldenGamma);
    const second = mix64(start + 2n * goldenGamma);
    this.s0 = Number(first & 0xffffffffn) | 0;
    this.s1 = Number(first >> 32n) | 0;
    this.s2 = Number(second & 0xffffffffn) | 0;
    // All four words zero is the one state that xoshiro never leaves.
    this.s3 = Number(second >> 32n) | 0 || ((this.s0 | this.s1 | this.s2) === 0 ? 1 : 0);
  }

  /** 32 random bits as an unsigned whole number. */
  bits(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.s1, 5), 7), 9) >>> 0;
    const shifted = this.s1 << 9;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= shifted;
    this.s3 = rotateLeft(this.s3, 11);
    return result;
  }

  /** Uniform in [low, high), a multiple of 2⁻⁵³ before scaling. */
  uniform(low = 0, high = 1): number {
    const upper = this.bits() >>> 5;
    const lower = this.bits() >>> 6;
    return low + (high - low) * ((upper * 0x4000000 + lower) * 2 ** -53);
  }

  /** Normal with the given mean and standard deviation, by the polar method (Marsaglia & Bray 1964). */
  normal(mean = 0, deviation = 1): number {
    if (this.spare !== undefined) {
      const spare = this.spare;
      this.spare = undefined;
      return mean + deviation * spare;
    }
    for (;;) {
      const x = this.uniform(-1, 1);
      const y = this.uniform(-1, 1);
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * elementary.logarithm(square)) / square);
        this.spare = y * scale;
        return mean + deviation * (x * scale);
      }
    }
  }

  /** A whole number in [0, below), every one equally likely; `below` is at most 2³². */
  integer(below: number): number {
    if (!(below >= 1 && below <= 2 ** 32)) {
      throw new Error(`There is no whole number in [0, ${below})`);
    }
    const limit = 2 ** 32 - (2 ** 32 % below);
    for (;;) {
      const bits = this.bits();
      if (bits < limit) {
        return bits % below;
      }
    }
  }

  /** Brings the items into random order, in place (Fisher–Yates). */
  shuffle(items: { length: number; [index: number]: number }): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const item = items[last];
      items[last] = items[other];
      items[other] = item;
    }
  }

  /** The numbers 0 … length − 1 in random order. */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, index) => index);
    this.shuffle(order);
    return order;
  }
}
