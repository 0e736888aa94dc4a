/** An affine map of the rows of a batch, its two products backward, and how samples come in. */
import { clearPadding } from './padding';
import { phaseProduct } from './codes';
import { address, Context, endPart, endRow, firstPart, firstRow, integer } from './context';
import { multiplyRows, multiplyTransposed, packingFor, transposed } from './products';

/** Copies the batch's samples from the data set. Whole numbers: data, matrix, rows a sample, features, stride. */
export function gather<T>(record: usize): void {
  const rowsPerSample = integer(record, 2);
  const features = <usize>integer(record, 3) * sizeof<T>();
  const stride = <usize>integer(record, 4) * sizeof<T>();
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const chosen = load<i32>(Context.order + (<usize>sample << 2));
    let source = address(record, 0) + <usize>chosen * features * <usize>rowsPerSample;
    let place = address(record, 1) + <usize>(sample * rowsPerSample) * stride;
    for (let row = 0; row < rowsPerSample; row++) {
      memory.copy(place, source, features);
      source += features;
      place += stride;
    }
  }
  clearPadding<T>(address(record, 1), rowsPerSample, integer(record, 4));
}

/** What this thread does of a product: rows of its samples, or of all samples where threads share the columns. */
class Share {
  static row: i32 = 0;
  static rows: i32 = 0;
  static column: i32 = 0;
  static columns: i32 = 0;
}

/** Columns of a cache line's width are one thread's. */
const lineBytes: i32 = 64;

/** Finds this thread's share of a product with `stride` columns. */
function takeShare<T>(record: usize, rowsPerSample: i32, stride: i32): void {
  Share.row = firstRow(rowsPerSample);
  Share.rows = endRow(rowsPerSample) - Share.row;
  Share.column = 0;
  Share.columns = stride;
  if (load<i32>(record, 4) != phaseProduct) return;
  Share.row = 0;
  Share.rows = (Context.samples * rowsPerSample + 3) & ~3;
  const width = lineBytes / sizeof<T>();
  const lines = (stride + width - 1) / width;
  Share.column = ((lines * Context.thread) / Context.threads) * width;
  Share.columns = min(((lines * (Context.thread + 1)) / Context.threads) * width, stride) - Share.column;
}

/** z = x W + b. Whole numbers: x, x's stride, W, b or 0, z, z's stride, rows a sample. */
export function multiply<T>(record: usize): void {
  const xStride = integer(record, 1);
  const zStride = integer(record, 5);
  const rowsPerSample = integer(record, 6);
  const xBytes = <usize>xStride * sizeof<T>();
  const zBytes = <usize>zStride * sizeof<T>();
  const bias = address(record, 3);
  takeShare<T>(record, rowsPerSample, zStride);
  const offset = <usize>Share.column * sizeof<T>();
  multiplyRows<T>(
    address(record, 0) + <usize>Share.row * xBytes,
    xBytes,
    address(record, 2) + offset,
    zBytes,
    packingFor(Share.rows),
    address(record, 4) + <usize>Share.row * zBytes + offset,
    zBytes,
    Share.rows,
    Share.columns,
    xStride,
    bias == 0 ? 0 : bias + offset,
    false,
  );
  if (bias == 0) return;
  // Zeros again in the rows that only fill the last tile.
  const end = Share.row + Share.rows;
  for (let row = min(Context.samples * rowsPerSample, end); row < end; row++) {
    memory.fill(address(record, 4) + <usize>row * zBytes + offset, 0, <usize>Share.columns * sizeof<T>());
  }
}

/** ∂L/∂x = [+] ∂L/∂z Wᵀ. Whole numbers: ∂L/∂z, its stride, W, –, ∂L/∂x, its stride, rows a sample, whether to add. */
export function multiplyError<T>(record: usize): void {
  const zStride = integer(record, 1);
  const xStride = integer(record, 5);
  const xBytes = <usize>xStride * sizeof<T>();
  const zBytes = <usize>zStride * sizeof<T>();
  takeShare<T>(record, integer(record, 6), xStride);
  multiplyRows<T>(
    address(record, 0) + <usize>Share.row * zBytes,
    zBytes,
    address(record, 2) + <usize>Share.column * zBytes,
    zBytes,
    transposed,
    address(record, 4) + <usize>Share.row * xBytes + <usize>Share.column * sizeof<T>(),
    xBytes,
    Share.rows,
    Share.columns,
    zStride,
    0,
    integer(record, 7) != 0,
  );
}

/**
 * ∂L/∂W = xᵀ ∂L/∂z and ∂L/∂b = the sums of ∂L/∂z's columns, over the whole batch; this thread's parts of the rows of W.
 * Whole numbers: x, its stride, ∂L/∂z, its stride, ∂L/∂W, ∂L/∂b or 0, rows a sample, rows of a part (of all but the last), parts.
 */
export function weightGradient<T>(record: usize): void {
  const xStride = integer(record, 1);
  const zStride = integer(record, 3);
  const xBytes = <usize>xStride * sizeof<T>();
  const zBytes = <usize>zStride * sizeof<T>();
  const depth = (Context.samples * integer(record, 6) + 3) & ~3;
  const parts = integer(record, 8);
  const from = firstPart(parts) * integer(record, 7);
  const to = endPart(parts) == parts ? xStride : endPart(parts) * integer(record, 7);
  multiplyTransposed<T>(
    address(record, 0) + <usize>from * sizeof<T>(),
    xBytes,
    address(record, 2),
    zBytes,
    address(record, 4) + <usize>from * zBytes,
    zBytes,
    to - from,
    zStride,
    depth,
    false,
  );
  const bias = address(record, 5);
  if (bias != 0 && Context.thread == Context.threads - 1) {
    sumColumns<T>(address(record, 2), zBytes, bias, zStride, depth);
  }
}

/** The sums of a matrix's columns. */
export function sumColumns<T>(matrix: usize, bytes: usize, sums: usize, columns: i32, rows: i32): void {
  const end = <usize>columns * sizeof<T>();
  for (let place: usize = 0; place < end; place += 16) {
    let sum = v128.splat<T>(0);
    let source = matrix + place;
    for (let row = 0; row < rows; row++) {
      sum = v128.add<T>(sum, v128.load(source));
      source += bytes;
    }
    v128.store(sums + place, sum);
  }
}
