/**
 * Convolutions (cross-correlations, as in PyTorch) as products of windows, which are rows of numbers, and weights. Windows are
 * read where they lie, in frames; only the errors of windows exist, tile by tile. Whole numbers of every record here: x, x's
 * stride, channels, W [depth x filters], bias or 0, z, z's stride, depth, then those of frames.ts, and number 24.
 */
import { address, Context, endRow, integer } from './context';
import { clearPadding } from './padding';
import { windowTileBytes } from './codes';
import { startErrors } from './pooling';
import { panelBytes } from './packing';
import { columnsAtOnce, multiplyRows, panelDepth, panelsOf, transposed, zeros } from './products';
import { windowsByPanels } from './tiles.generated';
import { addNumbers, lanes } from './vectors';
import {
  emptyFrames,
  framesOf,
  moveImages,
  outputPixels,
  samplesAtOnce,
  tableOfCells,
  tableOfPieces,
  tableOfPixels,
  windowPieces,
} from './frames';

/** z = windows(x) W + b. */
export function convolve<T>(record: usize): void {
  const pieces = tableOfPieces(record);
  const end = pieces + ((<usize>windowPieces(record)) << 3);
  let depth = 0;
  for (let piece = pieces; piece < end; ) {
    // As many pieces as a panel's depth holds.
    const first = piece;
    let length = 0;
    do {
      length += load<i32>(piece) / sizeof<T>();
      piece += 8;
    } while (piece < end && length + load<i32>(piece) / <i32>sizeof<T>() <= panelDepth);
    const stride = integer(record, 6);
    const step = columnsAtOnce<T>(length);
    for (let column = 0; column < stride; column += step) {
      convolvePart<T>(record, first, piece, depth, length, column, min(step, stride - column));
    }
    depth += length;
  }
  clearPadding<T>(address(record, 5), outputPixels(record), integer(record, 6));
}

/** Adds to some columns of z what some pieces of the windows give: `length` of their numbers from number `depth` on. */
function convolvePart<T>(
  record: usize,
  piece: usize,
  piecesEnd: usize,
  depth: i32,
  length: i32,
  column: i32,
  columns: i32,
): void {
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const offset = <usize>column * sizeof<T>();
  const bias = address(record, 4);
  const pixels = outputPixels(record);
  const table = tableOfPixels(record);
  const panels = panelsOf<T>(address(record, 3) + <usize>depth * zBytes + offset, zStride, columns, length);
  const count = columns / (2 * lanes<T>());
  const inWindow = <usize>load<u32>(tableOfCells(record) + ((<usize>depth) << 2));
  const startStride = depth > 0 ? zBytes : 0;
  const startNext = depth > 0 || bias != 0 ? panelBytes : 0;
  const last = endRow(pixels);
  const step = samplesAtOnce(record);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample += step) {
    const image = framesOf<T>(record, sample, min(sample + step, Context.sampleTo)) + inWindow;
    const row = sample * pixels;
    const tableEnd = table + ((<usize>min(step * pixels, last - row)) << 2);
    let z = address(record, 5) + <usize>row * zBytes + offset;
    for (let places = table; places < tableEnd; places += 16) {
      const start = depth > 0 ? z : bias != 0 ? bias + offset : zeros;
      windowsByPanels<T>(image, places, piece, piecesEnd, panels, start, startStride, startNext, z, zBytes, count);
      z += 4 * zBytes;
    }
  }
}

/** ∂L/∂x: ∂L/∂windows = ∂L/∂z Wᵀ, each number added to the pixel that it lies on. With errors for x and z; 24: tiles, 25: whether to add. */
export function convolveError<T>(record: usize): void {
  const depth = integer(record, 7);
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const windowBytes = <usize>depth * sizeof<T>();
  const pixels = outputPixels(record);
  const tile = tileOf<T>(record);
  const most = rowsOfTile<T>(depth);
  const step = samplesAtOnce(record);
  const last = endRow(pixels);
  const framed = address(record, 8) != 0;
  startErrors<T>(address(record, 0), integer(record, 17), <usize>integer(record, 1) * sizeof<T>(), integer(record, 25) != 0);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample += step) {
    const end = min(sample + step, Context.sampleTo);
    const frames = emptyFrames(record, sample);
    if (framed) memory.fill(frames, 0, <usize>step * address(record, 16));
    const first = sample * pixels;
    const rows = min(step * pixels, last - first);
    for (let row = 0; row < rows; row += most) {
      const height = min(most, rows - row);
      multiplyRows<T>(
        address(record, 5) + <usize>(first + row) * zBytes,
        zBytes,
        address(record, 3),
        zBytes,
        transposed,
        tile,
        windowBytes,
        height,
        depth,
        zStride,
        0,
        false,
      );
      spread<T>(record, tile, windowBytes, frames, row, min(row + height, end * pixels - first));
    }
    if (framed) moveImages<T>(record, frames, sample, end, true);
  }
}

/** Adds the tile's rows, errors of windows from pixel `row` on, to the frames. */
function spread<T>(record: usize, tile: usize, windowBytes: usize, frames: usize, row: i32, end: i32): void {
  const table = tableOfPixels(record);
  const pieces = tableOfPieces(record);
  const piecesEnd = pieces + ((<usize>windowPieces(record)) << 3);
  for (let pixel = row; pixel < end; pixel++) {
    let place = frames + <usize>load<u32>(table + ((<usize>pixel) << 2));
    let from = tile;
    for (let piece = pieces; piece < piecesEnd; piece += 8) {
      const bytes = <usize>load<u32>(piece);
      addNumbers<T>(place, from, bytes);
      place += bytes + <usize>load<u32>(piece, 4);
      from += bytes;
    }
    tile += windowBytes;
  }
}

/** Rows of a tile. */
@inline
function rowsOfTile<T>(depth: i32): i32 {
  return max(4, (windowTileBytes / (depth * sizeof<T>())) & ~3);
}

/** This thread's tile: as large as the planner made them. */
@inline
function tileOf<T>(record: usize): usize {
  const bytes = max(windowTileBytes, 4 * integer(record, 7) * sizeof<T>());
  return address(record, 24) + <usize>(bytes * Context.thread);
}
