/** Sums and copies of whole tensors: what `add`, `concat` and `residual` are made of. */
import { address, Context, endRow, firstRow, integer } from './context';
import { read, write } from './vectors';

/** c = a + b. Whole numbers: a, b, c, rows a sample, stride. */
export function addValuesOf<T>(record: usize): void {
  const rowsPerSample = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const from = <usize>firstRow(rowsPerSample) * bytes;
  const to = <usize>endRow(rowsPerSample) * bytes;
  const a = address(record, 0);
  const b = address(record, 1);
  const c = address(record, 2);
  for (let place = from; place < to; place += 16) {
    v128.store(c + place, v128.add<T>(v128.load(a + place), v128.load(b + place)));
  }
}

/** to = [to +] from. Whole numbers: from, to, rows a sample, stride, whether to add. */
export function passError<T>(record: usize): void {
  const rowsPerSample = integer(record, 2);
  const bytes = <usize>integer(record, 3) * sizeof<T>();
  const start = <usize>firstRow(rowsPerSample) * bytes;
  const end = <usize>endRow(rowsPerSample) * bytes;
  const from = address(record, 0);
  const to = address(record, 1);
  if (integer(record, 4) == 0) {
    memory.copy(to + start, from + start, end - start);
    return;
  }
  for (let place = start; place < end; place += 16) {
    v128.store(to + place, v128.add<T>(v128.load(to + place), v128.load(from + place)));
  }
}

/** Copies `columns` columns of a, from one on, to those of b. Whole numbers: a, its stride, first column, b, its stride, first column, columns, rows a sample, whether to add. */
export function copyColumns<T>(record: usize): void {
  const rowsPerSample = integer(record, 7);
  const aBytes = <usize>integer(record, 1) * sizeof<T>();
  const bBytes = <usize>integer(record, 4) * sizeof<T>();
  const length = <usize>integer(record, 6) * sizeof<T>();
  const adding = integer(record, 8) != 0;
  const end = endRow(rowsPerSample);
  for (let row = firstRow(rowsPerSample); row < end; row++) {
    const a = address(record, 0) + <usize>row * aBytes + <usize>integer(record, 2) * sizeof<T>();
    const b = address(record, 3) + <usize>row * bBytes + <usize>integer(record, 5) * sizeof<T>();
    if (!adding) {
      memory.copy(b, a, length);
      continue;
    }
    for (let at: usize = 0; at < length; at += sizeof<T>()) write<T>(b + at, read<T>(a + at) + read<T>(b + at));
  }
}
