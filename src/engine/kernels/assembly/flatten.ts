/** Images and sequences as vectors, and back. */
import { address, Context, integer } from './context';
import { clearPadding } from './padding';
import { transposeBlock } from './transpose';
import { addNumbers, copyNumbers, lanes } from './vectors';

/**
 * A sample's rows as one row: feature by feature for images (PyTorch flattens channels x height x width), row by row for
 * sequences. Whole numbers: matrix, its rows a sample, features, stride, row, its stride, whether it is an image.
 */
export function flatten<T>(record: usize): void {
  const rows = integer(record, 1);
  const features = integer(record, 2);
  const matrixBytes = <usize>integer(record, 3) * sizeof<T>();
  const flatBytes = <usize>integer(record, 5) * sizeof<T>();
  const featureBytes = <usize>rows * sizeof<T>();
  const rowBytes = <usize>features * sizeof<T>();
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const matrix = address(record, 0) + <usize>(sample * rows) * matrixBytes;
    const flat = address(record, 4) + <usize>sample * flatBytes;
    if (integer(record, 6) != 0) transpose<T>(matrix, matrixBytes, flat, featureBytes, rows, features, false);
    else moveRows<T>(matrix, matrixBytes, flat, rowBytes, rows, rowBytes, false);
  }
  clearPadding<T>(address(record, 4), 1, integer(record, 5));
}

/** The way back of `flatten`, with the same whole numbers, of the errors; number 7: whether to add. */
export function unflatten<T>(record: usize): void {
  const rows = integer(record, 1);
  const features = integer(record, 2);
  const matrixBytes = <usize>integer(record, 3) * sizeof<T>();
  const flatBytes = <usize>integer(record, 5) * sizeof<T>();
  const featureBytes = <usize>rows * sizeof<T>();
  const rowBytes = <usize>features * sizeof<T>();
  const adding = integer(record, 7) != 0;
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const matrix = address(record, 0) + <usize>(sample * rows) * matrixBytes;
    const flat = address(record, 4) + <usize>sample * flatBytes;
    if (integer(record, 6) != 0) transpose<T>(flat, featureBytes, matrix, matrixBytes, features, rows, adding);
    else moveRows<T>(flat, rowBytes, matrix, matrixBytes, rows, rowBytes, adding);
  }
  clearPadding<T>(address(record, 0), rows, integer(record, 3));
}

/** Rows of some bytes, copied or added to others. */
function moveRows<T>(from: usize, fromBytes: usize, to: usize, toBytes: usize, rows: i32, bytes: usize, adding: bool): void {
  for (let row = 0; row < rows; row++) {
    if (adding) addNumbers<T>(to, from, bytes);
    else copyNumbers<T>(to, from, bytes);
    from += fromBytes;
    to += toBytes;
  }
}

/** Rows become columns, [added to what is there,] a block of one vector by as many rows at a time. */
function transpose<T>(from: usize, fromBytes: usize, to: usize, toBytes: usize, rows: i32, columns: i32, adding: bool): void {
  const wholeRows = rows & ~(lanes<T>() - 1);
  const wholeColumns = columns & ~(lanes<T>() - 1);
  for (let row = 0; row < wholeRows; row += lanes<T>()) {
    const source = from + <usize>row * fromBytes;
    const target = to + <usize>row * sizeof<T>();
    for (let column = 0; column < wholeColumns; column += lanes<T>()) {
      const place = target + <usize>column * toBytes;
      transposeBlock<T>(source + <usize>column * sizeof<T>(), fromBytes, place, toBytes, adding);
    }
  }
  for (let row = 0; row < rows; row++) {
    const source = from + <usize>row * fromBytes;
    const target = to + <usize>row * sizeof<T>();
    for (let column = row < wholeRows ? wholeColumns : 0; column < columns; column++) {
      const place = target + <usize>column * toBytes;
      const value = load<T>(source + <usize>column * sizeof<T>());
      store<T>(place, adding ? load<T>(place) + value : value);
    }
  }
}
