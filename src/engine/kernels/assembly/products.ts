/**
 * Matrix products in tiles of four rows by two vectors. Matrices are row-major, strides in bytes, columns a multiple of two
 * vectors. Every element is summed in the order of the depth, so that neither tiling nor threads change a bit.
 *
 * The tiles are unrolled over four steps of the depth: the processor's front end is the bottleneck, not its multipliers.
 */
import { Context } from './context';
import { packPanel, packQuad, packTransposed } from './packing';
import { lanes, splatAt } from './vectors';

/** How the second matrix comes to a tile: as it lies, packed in panels, or packed from its transpose. */
export const asItLies: i32 = 0;
export const packed: i32 = 1;
export const transposed: i32 = 2;

/** Depth of a packed panel: 256 rows of two vectors stay in the first-level cache. */
export const panelDepth: i32 = 256;
/** Bytes of a packed panel's row. */
export const panelBytes: usize = 32;

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

function tileOfRows<T>(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  depth: i32,
  bias: usize,
  adding: bool,
): void {
  let c00 = v128.splat<T>(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (bias != 0) {
    c00 = c10 = c20 = c30 = v128.load(bias);
    c01 = c11 = c21 = c31 = v128.load(bias, 16);
  }
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  if (adding) {
    c00 = v128.add<T>(c00, v128.load(c));
    c01 = v128.add<T>(c01, v128.load(c, 16));
    c10 = v128.add<T>(c10, v128.load(c1));
    c11 = v128.add<T>(c11, v128.load(c1, 16));
    c20 = v128.add<T>(c20, v128.load(c2));
    c21 = v128.add<T>(c21, v128.load(c2, 16));
    c30 = v128.add<T>(c30, v128.load(c3));
    c31 = v128.add<T>(c31, v128.load(c3, 16));
  }
  let a0 = a;
  let a1 = a0 + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  const end = a + <usize>depth * sizeof<T>();
  while (a0 < end) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let x = splatAt<T>(a0, 0);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a1, 0);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a2, 0);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a3, 0);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b += bStride;
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = splatAt<T>(a0, 1);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a1, 1);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a2, 1);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a3, 1);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b += bStride;
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = splatAt<T>(a0, 2);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a1, 2);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a2, 2);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a3, 2);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b += bStride;
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = splatAt<T>(a0, 3);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a1, 3);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a2, 3);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a3, 3);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b += bStride;
    a0 += 4 * sizeof<T>();
    a1 += 4 * sizeof<T>();
    a2 += 4 * sizeof<T>();
    a3 += 4 * sizeof<T>();
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}

/**
 * C (rows x columns) = [C +] Aᵀ (A is depth x rows) · B (depth x columns): a weight's gradient. Both are packed block by block of
 * the depth: panels of all of B's columns that fit into the scratch memory, four columns of A at a time.
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
  const quad = Context.scratch;
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
          tileOfColumns<T>(quad, panel, target, cStride, length, adding);
          panel += panelSize;
          target += panelBytes;
        }
      }
    }
  }
}

function tileOfColumns<T>(a: usize, b: usize, c: usize, cStride: usize, depth: i32, adding: bool): void {
  let c00 = v128.splat<T>(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  if (adding) {
    c00 = v128.add<T>(c00, v128.load(c));
    c01 = v128.add<T>(c01, v128.load(c, 16));
    c10 = v128.add<T>(c10, v128.load(c1));
    c11 = v128.add<T>(c11, v128.load(c1, 16));
    c20 = v128.add<T>(c20, v128.load(c2));
    c21 = v128.add<T>(c21, v128.load(c2, 16));
    c30 = v128.add<T>(c30, v128.load(c3));
    c31 = v128.add<T>(c31, v128.load(c3, 16));
  }
  const end = b + <usize>depth * panelBytes;
  while (b < end) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let x = splatAt<T>(a, 0);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 1);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 2);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 3);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    x = splatAt<T>(a, 4);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 5);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 6);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 7);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b0 = v128.load(b, 64);
    b1 = v128.load(b, 80);
    x = splatAt<T>(a, 8);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 9);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 10);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 11);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    b0 = v128.load(b, 96);
    b1 = v128.load(b, 112);
    x = splatAt<T>(a, 12);
    c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 13);
    c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 14);
    c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
    x = splatAt<T>(a, 15);
    c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    a += 16 * sizeof<T>();
    b += 4 * panelBytes;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}
