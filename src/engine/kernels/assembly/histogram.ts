/** Counts of a gradient's absolute entries by binary exponent, as `GradientHistogram` in `recording.ts` has them. */
import { read } from './vectors';

const lowestExponent: i32 = -160;
const bins: i32 = 290;

function count<T>(gradient: usize, length: i32, counts: usize): void {
  for (let index = 0; index < length; index++) {
    const entry = abs(read<T>(gradient + <usize>index * sizeof<T>()));
    let bin = 0;
    if (!isFinite(entry)) bin = bins - 1;
    else if (entry != 0) {
      // Exponents of float64, in which the subnormal numbers of float32 are normal.
      const exponent = <i32>(reinterpret<u64>(entry) >> 52) - 1023;
      bin = 1 + min(max(exponent - lowestExponent, 0), bins - 3);
    }
    const place = counts + (<usize>bin << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
}

export function histogram32(gradient: usize, length: i32, counts: usize): void {
  count<f32>(gradient, length, counts);
}

export function histogram64(gradient: usize, length: i32, counts: usize): void {
  count<f64>(gradient, length, counts);
}
