/**
 * Matrix products in tiles of four rows by two vectors. Matrices are row-major, strides in bytes, columns a multiple of two
 * vectors. Every element is summed in the order of the depth, so that neither tiling nor threads change a bit.
 */
import { Context } from './context';
import { splatAt, lanes } from './vectors';

/** How the second matrix comes to a tile: as it lies, packed in panels, or packed from its transpose. */
export const asItLies: i32 = 0;
export const packed: i32 = 1;
export const transposed: i32 = 2;

/** Depth of a packed panel: 256 rows of two vectors stay in the first-level cache. */
const panelDepth: i32 = 256;

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
  for (let from = 0; from < depth; from += panelDepth) {
    const length = packing == asItLies ? depth : min(panelDepth, depth - from);
    const aFrom = a + <usize>from * sizeof<T>();
    for (let column = 0; column < columns; column += panelColumns) {
      const offset = <usize>column * sizeof<T>();
      let panel = b + offset;
      let panelStride = bStride;
      if (packing != asItLies) {
        panel = Context.scratch;
        panelStride = 32;
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
    if (packing == asItLies) return;
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
  for (let k = 0; k < depth; k += 4) {
    for (let inner: usize = 0; inner < 4; inner++) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      b += bStride;
      let x = splatAt<T>(a0, inner);
      c00 = v128.add<T>(c00, v128.mul<T>(x, b0));
      c01 = v128.add<T>(c01, v128.mul<T>(x, b1));
      x = splatAt<T>(a1, inner);
      c10 = v128.add<T>(c10, v128.mul<T>(x, b0));
      c11 = v128.add<T>(c11, v128.mul<T>(x, b1));
      x = splatAt<T>(a2, inner);
      c20 = v128.add<T>(c20, v128.mul<T>(x, b0));
      c21 = v128.add<T>(c21, v128.mul<T>(x, b1));
      x = splatAt<T>(a3, inner);
      c30 = v128.add<T>(c30, v128.mul<T>(x, b0));
      c31 = v128.add<T>(c31, v128.mul<T>(x, b1));
    }
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
  const panelColumns = 2 * lanes<T>();
  for (let column = 0; column < columns; column += panelColumns) {
    const offset = <usize>column * sizeof<T>();
    for (let row = 0; row < rows; row += 4) {
      tileOfColumns<T>(
        a + <usize>row * sizeof<T>(),
        aStride,
        b + offset,
        bStride,
        c + <usize>row * cStride + offset,
        cStride,
        depth,
        accumulate,
      );
    }
  }
}

function tileOfColumns<T>(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  depth: i32,
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
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  if (adding) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c1);
    c11 = v128.load(c1, 16);
    c20 = v128.load(c2);
    c21 = v128.load(c2, 16);
    c30 = v128.load(c3);
    c31 = v128.load(c3, 16);
  }
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
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
    a += aStride;
    b += bStride;
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

/** Copies `depth` rows of two vectors, so that they lie next to each other. */
export function packPanel(source: usize, stride: usize, panel: usize, depth: i32): void {
  for (let k = 0; k < depth; k++) {
    v128.store(panel, v128.load(source));
    v128.store(panel, v128.load(source, 16), 16);
    source += stride;
    panel += 32;
  }
}

/** The panel of a transposed matrix: row k of the panel is column k of two vectors' worth of rows. */
export function packTransposed<T>(source: usize, stride: usize, panel: usize, depth: i32): void {
  if (sizeof<T>() == 8) {
    for (let column: usize = 0; column < 4; column++) {
      for (let k: usize = 0; k < <usize>depth; k++) {
        store<f64>(panel + (k * 4 + column) * 8, load<f64>(source + column * stride + k * 8));
      }
    }
    return;
  }
  for (let k: usize = 0; k < <usize>depth; k += 4) {
    transposeBlock(source + k * 4, stride, panel + k * 32);
    transposeBlock(source + 4 * stride + k * 4, stride, panel + k * 32 + 16);
  }
}

function transposeBlock(source: usize, stride: usize, panel: usize): void {
  const r0 = v128.load(source);
  const r1 = v128.load(source + stride);
  const r2 = v128.load(source + 2 * stride);
  const r3 = v128.load(source + 3 * stride);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(panel, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(panel, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(panel, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(panel, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}
