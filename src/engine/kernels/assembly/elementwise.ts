/** Sums, copies and rearrangements of whole tensors: what `add`, `concat`, `residual` and `flatten` are made of. */
import { address, Context, endRow, firstRow, integer } from './context';
import { clearPadding } from './padding';
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

/**
 * A sample's rows as one row: feature by feature for images (PyTorch flattens channels x height x width), row by row for
 * sequences. Whole numbers: matrix, its rows a sample, features, stride, row, its stride, distance of neighbouring rows and of
 * neighbouring features in the row.
 */
export function flatten<T>(record: usize): void {
  const rows = integer(record, 1);
  const features = integer(record, 2);
  const matrixBytes = <usize>integer(record, 3) * sizeof<T>();
  const flatBytes = <usize>integer(record, 5) * sizeof<T>();
  const rowStep = <usize>integer(record, 6) * sizeof<T>();
  const featureStep = <usize>integer(record, 7) * sizeof<T>();
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const flat = address(record, 4) + <usize>sample * flatBytes;
    for (let row = 0; row < rows; row++) {
      const source = address(record, 0) + <usize>(sample * rows + row) * matrixBytes;
      const target = flat + <usize>row * rowStep;
      for (let feature: usize = 0; feature < <usize>features; feature++) {
        store<T>(target + feature * featureStep, load<T>(source + feature * sizeof<T>()));
      }
    }
  }
  clearPadding<T>(address(record, 4), 1, integer(record, 5));
}

/** The way back of `flatten`, with the same whole numbers, of the errors; number 8: whether to add. */
export function unflatten<T>(record: usize): void {
  const rows = integer(record, 1);
  const features = integer(record, 2);
  const matrixBytes = <usize>integer(record, 3) * sizeof<T>();
  const flatBytes = <usize>integer(record, 5) * sizeof<T>();
  const rowStep = <usize>integer(record, 6) * sizeof<T>();
  const featureStep = <usize>integer(record, 7) * sizeof<T>();
  const adding = integer(record, 8) != 0;
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const flat = address(record, 4) + <usize>sample * flatBytes;
    for (let row = 0; row < rows; row++) {
      const target = address(record, 0) + <usize>(sample * rows + row) * matrixBytes;
      const source = flat + <usize>row * rowStep;
      for (let feature: usize = 0; feature < <usize>features; feature++) {
        const place = target + feature * sizeof<T>();
        const error = load<T>(source + feature * featureStep);
        store<T>(place, adding ? load<T>(place) + error : error);
      }
    }
  }
  clearPadding<T>(address(record, 0), rows, integer(record, 3));
}
