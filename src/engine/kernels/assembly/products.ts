/**
 * Matrix products in tiles of four rows by two vectors. Matrices are row-major, strides in bytes, columns a multiple of two
 * vectors. Every element is summed in the order of the depth, so that neither tiling nor threads change a bit.
 */
import { Context } from './context';
import { packPanel, packQuad, packTransposed } from './packing';
import { panelBytes, tileOfColumns, tileOfRows } from './tiles';
import { lanes } from './vectors';

/** How the second matrix comes to a tile: as it lies, packed in panels, or packed from its transpose. */
export const asItLies: i32 = 0;
export const packed: i32 = 1;
export const transposed: i32 = 2;

/** Depth of a packed panel: 256 rows of two vectors stay in the first-level cache. */
const panelDepth: i32 = 256;

/** Columns whose panels are packed at once; 256 rows of them are 256 KiB of float32. */
const columnsOfBlock: i32 = 256;
/** Rows from which on packing costs less than the cache misses of a stride that is wider than a panel. */
const packFromRows: i32 = 16;

/** Packing for a product with a matrix whose rows are `stride` bytes. */
@inline
export function packingFor(rows: i32, stride: usize): i32 {
  return rows >= packFromRows && stride > 4 * panelBytes ? packed : asItLies;
}

/** C (rows x columns) = [C +] [bias +] A (rows x depth) · B (depth x columns). Rows and depth are multiples of four. */
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
  const panelColumns = 2 * lanes<T>();
  const step = packing == asItLies ? depth : panelDepth;
  for (let from = 0; from < depth; from += step) {
    const length = min(step, depth - from);
    const aFrom = a + <usize>from * sizeof<T>();
    for (let column = 0; column < columns; column += panelColumns) {
      const offset = <usize>column * sizeof<T>();
      let panel = b + offset;
      let panelStride = bStride;
      if (packing != asItLies) {
        panel = Context.scratch;
        panelStride = panelBytes;
        if (packing == packed) packPanel(b + <usize>from * bStride + offset, bStride, panel, length);
        else packTransposed<T>(b + <usize>column * bStride + <usize>from * sizeof<T>(), bStride, panel, length);
      }
      const columnBias = bias != 0 && from == 0 ? bias + offset : 0;
      const adding = accumulate || from > 0;
      for (let row = 0; row < rows; row += 4) {
        tileOfRows<T>(
          aFrom + <usize>row * aStride,
          aStride,
          panel,
          panelStride,
          c + <usize>row * cStride + offset,
          cStride,
          length,
          columnBias,
          adding,
        );
      }
    }
  }
}

/**
 * C (rows x columns) = [C +] Aᵀ (A is depth x rows) · B (depth x columns): a weight's gradient. Where rows are far apart, both
 * are packed block by block of the depth: panels of as many of B's columns as the scratch memory holds, four columns of A at a time.
 */
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
  const panelColumns = 2 * lanes<T>();
  if (packingFor(rows, max(aStride, bStride)) == asItLies) {
    for (let column = 0; column < columns; column += panelColumns) {
      const offset = <usize>column * sizeof<T>();
      for (let row = 0; row < rows; row += 4) {
        const target = c + <usize>row * cStride + offset;
        tileOfColumns<T>(a + <usize>row * sizeof<T>(), aStride, b + offset, bStride, target, cStride, depth, accumulate);
      }
    }
    return;
  }
  const quad = Context.scratch;
  const quadBytes = 4 * sizeof<T>();
  const panels = quad + <usize>panelDepth * 32;
  for (let from = 0; from < depth; from += panelDepth) {
    const length = min(panelDepth, depth - from);
    const panelSize = <usize>length * panelBytes;
    const adding = accumulate || from > 0;
    for (let first = 0; first < columns; first += columnsOfBlock) {
      const width = min(columnsOfBlock, columns - first);
      const bFrom = b + <usize>from * bStride + <usize>first * sizeof<T>();
      let panel = panels;
      for (let column = 0; column < width; column += panelColumns) {
        packPanel(bFrom + <usize>column * sizeof<T>(), bStride, panel, length);
        panel += panelSize;
      }
      for (let row = 0; row < rows; row += 4) {
        packQuad<T>(a + <usize>from * aStride + <usize>row * sizeof<T>(), aStride, quad, length);
        let target = c + <usize>row * cStride + <usize>first * sizeof<T>();
        panel = panels;
        for (let column = 0; column < width; column += panelColumns) {
          tileOfColumns<T>(quad, quadBytes, panel, panelBytes, target, cStride, length, adding);
          panel += panelSize;
          target += panelBytes;
        }
      }
    }
  }
}
