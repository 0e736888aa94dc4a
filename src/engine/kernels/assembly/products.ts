/**
 * Matrix products in tiles of four rows by two vectors. Matrices are row-major, strides in bytes, columns a multiple of two
 * vectors. Every element is summed in the order of the depth, so that neither tiling nor threads change a bit.
 */
import { Context } from './context';
import { packStrips, packTransposed, panelBytes } from './packing';
import { quadByColumns, quadByPanels, rowsByColumns, rowsByPanels } from './tiles.generated';
import { lanes } from './vectors';

/** How the second matrix comes to a tile: as it lies, packed in panels, or packed from its transpose. */
export const asItLies: i32 = 0;
export const packed: i32 = 1;
export const transposed: i32 = 2;

/** Most rows of a packed panel: two of them, and four rows of A, stay in the first-level cache. */
export const panelDepth: i32 = 256;
/** Bytes of the panels that are packed at once. */
const panelsBytes: i32 = 16_384;
/** Columns of A that are packed at once; 256 rows of them are 256 KiB of float32. */
const quadsRows: i32 = 256;
/** Rows from which on packing costs less than it gives: a packed panel's offsets are constants, and its lines stay in the cache. */
const packFromRows: i32 = 16;

/** Where sums start that start from nothing: a tile's row of zeros. */
export const zeros = memory.data(32, 16);

/** Packing for a product with so many rows. */
@inline
export function packingFor(rows: i32): i32 {
  return rows >= packFromRows ? packed : asItLies;
}

/** Columns whose panels are packed at once, two panels at least. */
@inline
export function columnsAtOnce<T>(depth: i32): i32 {
  return max(2, panelsBytes / (depth * <i32>panelBytes)) * 2 * lanes<T>();
}

/** Columns of a matrix in panels; a matrix as wide as a panel is one. */
export function panelsOf<T>(matrix: usize, stride: i32, columns: i32, depth: i32): usize {
  if (stride == 2 * lanes<T>()) return matrix;
  const panels = Context.scratch;
  packStrips(matrix, <usize>stride * sizeof<T>(), panels, <usize>columns * sizeof<T>(), panelBytes, depth);
  return panels;
}

/**
 * C (rows x columns) = A (rows x depth) · B (depth x columns), added to C or to the bias, if any. Rows and depth are multiples
 * of four.
 */
export function multiplyRows<T>(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  packing: i32,
  c: usize,
  cStride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  bias: usize,
  accumulate: bool,
): void {
  const panels = Context.scratch;
  const most = packing == asItLies ? depth : panelDepth;
  for (let from = 0; from < depth; from += most) {
    const length = min(most, depth - from);
    const adding = accumulate || from > 0;
    const startStride = adding ? cStride : 0;
    const startNext = adding || bias != 0 ? panelBytes : 0;
    const step = packing == asItLies ? columns : columnsAtOnce<T>(length);
    const aFrom = a + <usize>from * sizeof<T>();
    for (let column = 0; column < columns; column += step) {
      const width = min(step, columns - column);
      const offset = <usize>column * sizeof<T>();
      const count = width / (2 * lanes<T>());
      if (packing == packed) {
        packStrips(b + <usize>from * bStride + offset, bStride, panels, <usize>width * sizeof<T>(), panelBytes, length);
      } else if (packing == transposed) {
        packTransposed<T>(b + <usize>column * bStride + <usize>from * sizeof<T>(), bStride, panels, count, length);
      }
      for (let row: usize = 0; row < <usize>rows; row += 4) {
        const x = aFrom + row * aStride;
        const target = c + row * cStride + offset;
        const start = adding ? target : bias != 0 ? bias + offset : zeros;
        if (packing == asItLies) {
          rowsByColumns<T>(x, aStride, b, bStride, start, startStride, startNext, target, cStride, count, length);
        } else {
          rowsByPanels<T>(x, aStride, panels, start, startStride, startNext, target, cStride, count, length);
        }
      }
    }
  }
}

/** C (rows x columns) = [C +] Aᵀ (A is depth x rows) · B (depth x columns): a weight's gradient. */
export function multiplyTransposed<T>(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  accumulate: bool,
): void {
  for (let from = 0; from < depth; from += panelDepth) {
    const length = min(panelDepth, depth - from);
    const bFrom = b + <usize>from * bStride;
    for (let row = 0; row < rows; row += quadsRows) {
      const aFrom = a + <usize>from * aStride + <usize>row * sizeof<T>();
      const target = c + <usize>row * cStride;
      const height = min(quadsRows, rows - row);
      multiplyQuads<T>(aFrom, aStride, bFrom, bStride, target, cStride, height, columns, length, accumulate || from > 0);
    }
  }
}

/** The same for as many rows and as much of the depth as are packed at once. */
function multiplyQuads<T>(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  adding: bool,
): void {
  const quads = Context.scratch + panelsBytes;
  const quadBytes = 4 * sizeof<T>() * <usize>depth;
  packStrips(a, aStride, quads, <usize>rows * sizeof<T>(), 4 * sizeof<T>(), depth);
  const panels = Context.scratch;
  const packing = packingFor(rows);
  const startStride = adding ? cStride : 0;
  const startNext = adding ? panelBytes : 0;
  const step = packing == asItLies ? columns : columnsAtOnce<T>(depth);
  for (let column = 0; column < columns; column += step) {
    const width = min(step, columns - column);
    const offset = <usize>column * sizeof<T>();
    const count = width / (2 * lanes<T>());
    if (packing != asItLies) {
      packStrips(b + offset, bStride, panels, <usize>width * sizeof<T>(), panelBytes, depth);
    }
    let quad = quads;
    let target = c + offset;
    for (let row = 0; row < rows; row += 4) {
      const start = adding ? target : zeros;
      if (packing == asItLies) {
        quadByColumns<T>(quad, b, bStride, start, startStride, startNext, target, cStride, count, depth);
      } else {
        quadByPanels<T>(quad, panels, start, startStride, startNext, target, cStride, count, depth);
      }
      quad += quadBytes;
      target += 4 * cStride;
    }
  }
}
