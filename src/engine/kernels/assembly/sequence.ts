/** Embeddings and positions. */
import { clearPadding } from './padding';
import { address, Context, integer } from './context';
import { lanes, read } from './vectors';

/** Rows of a table. Whole numbers: tokens (as numbers), their stride, table, y, time steps, stride of a row. */
export function embed<T>(record: usize): void {
  const steps = integer(record, 4);
  const bytes = <usize>integer(record, 5) * sizeof<T>();
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const tokens = address(record, 0) + <usize>(sample * integer(record, 1)) * sizeof<T>();
    for (let step = 0; step < steps; step++) {
      const token = <usize>read<T>(tokens + <usize>step * sizeof<T>());
      const row = <usize>(sample * steps + step);
      memory.copy(address(record, 3) + row * bytes, address(record, 2) + token * bytes, bytes);
    }
  }
  clearPadding<T>(address(record, 3), steps, integer(record, 5));
}

/** Each row's error to its token's row; whole numbers as in `embed` with gradients and errors, 6: length of the table. Split by columns. */
export function embedGradient<T>(record: usize): void {
  const steps = integer(record, 4);
  const stride = integer(record, 5);
  const bytes = <usize>stride * sizeof<T>();
  const vectors = stride / lanes<T>();
  const from = <usize>((vectors * Context.thread) / Context.threads) << 4;
  const to = <usize>((vectors * (Context.thread + 1)) / Context.threads) << 4;
  const table = address(record, 2);
  const end = <usize>integer(record, 6) * sizeof<T>();
  for (let row: usize = 0; row < end; row += bytes) memory.fill(table + row + from, 0, to - from);
  for (let sample = 0; sample < Context.samples; sample++) {
    const tokens = address(record, 0) + <usize>(sample * integer(record, 1)) * sizeof<T>();
    for (let step = 0; step < steps; step++) {
      const token = <usize>read<T>(tokens + <usize>step * sizeof<T>());
      const error = address(record, 3) + <usize>(sample * steps + step) * bytes;
      for (let at = from; at < to; at += 16) {
        const place = table + token * bytes + at;
        v128.store(place, v128.add<T>(v128.load(place), v128.load(error + at)));
      }
    }
  }
}

/** y = x + P[t]. Whole numbers: x, P, y, time steps, stride. */
export function addPositions<T>(record: usize): void {
  const steps = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const sampleBytes = <usize>steps * bytes;
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const start = <usize>sample * sampleBytes;
    for (let at: usize = 0; at < sampleBytes; at += 16) {
      const sum = v128.add<T>(v128.load(address(record, 0) + start + at), v128.load(address(record, 1) + at));
      v128.store(address(record, 2) + start + at, sum);
    }
  }
  clearPadding<T>(address(record, 2), steps, integer(record, 4));
}

/** ∂L/∂P: the errors' sum over samples. Whole numbers: ∂L/∂y, ∂L/∂P, numbers of a sample. */
export function positionGradient<T>(record: usize): void {
  const vectors = integer(record, 2) / lanes<T>();
  const sampleBytes = <usize>integer(record, 2) * sizeof<T>();
  const from = <usize>((vectors * Context.thread) / Context.threads) << 4;
  const to = <usize>((vectors * (Context.thread + 1)) / Context.threads) << 4;
  for (let at = from; at < to; at += 16) {
    let sum = v128.splat<T>(0);
    let place = address(record, 0) + at;
    for (let sample = 0; sample < Context.samples; sample++) {
      sum = v128.add<T>(sum, v128.load(place));
      place += sampleBytes;
    }
    v128.store(address(record, 1) + at, sum);
  }
}
