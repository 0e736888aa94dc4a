/** Dropout with masks that depend on nothing but seed, layer, step and place: a step can be repeated, in any number of threads. */
import { address, Context, endRow, firstRow, integer, real } from './context';
import { write } from './vectors';

/** A bijection of 32-bit words in which every bit depends on every other (Ellis, "lowbias32"). */
function mix(word: u32): u32 {
  word = (word ^ (word >> 16)) * 0x7feb352d;
  word = (word ^ (word >> 15)) * 0x846ca68b;
  return word ^ (word >> 16);
}

/**
 * Writes the factor of each entry: 0 with probability p, otherwise 1 / (1 − p); 1 everywhere when judging.
 * Whole numbers: factors, rows a sample, features, stride, seed, layer. Numbers: p.
 */
export function dropoutMask<T>(record: usize): void {
  const rowsPerSample = integer(record, 1);
  const features = integer(record, 2);
  const stride = integer(record, 3);
  const probability = real(record, 0);
  const kept = probability < 1 ? 1 / (1 - probability) : 0;
  // The number of 2³² equally likely words that drop an entry.
  const bound = <u64>(probability * 4294967296.0);
  const key = mix(mix(mix(<u32>integer(record, 4)) + <u32>integer(record, 5)) + <u32>(<u64>Context.step));
  const last = Context.sampleTo * rowsPerSample;
  for (let row = firstRow(rowsPerSample); row < last; row++) {
    for (let feature = 0; feature < features; feature++) {
      const word = <u64>mix(mix(<u32>(row * features + feature)) + key);
      const factor = Context.evaluating ? 1 : word < bound ? 0 : kept;
      write<T>(address(record, 0) + <usize>(row * stride + feature) * sizeof<T>(), factor);
    }
  }
}

/** c = a · b, entry by entry. Whole numbers: a, b, c, rows a sample, stride, whether to add to c. */
export function multiplyEntries<T>(record: usize): void {
  const rowsPerSample = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const from = <usize>firstRow(rowsPerSample) * bytes;
  const to = <usize>endRow(rowsPerSample) * bytes;
  const a = address(record, 0);
  const b = address(record, 1);
  const c = address(record, 2);
  const adding = integer(record, 5) != 0;
  for (let place = from; place < to; place += 16) {
    let product = v128.mul<T>(v128.load(a + place), v128.load(b + place));
    if (adding) product = v128.add<T>(product, v128.load(c + place));
    v128.store(c + place, product);
  }
}
