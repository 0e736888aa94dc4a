/** Copies of parts of matrices in the order in which a tile reads them. */

/**
 * Copies `depth` rows of `width` bytes as strips, one behind the other, each with its rows next to each other: strips of two
 * vectors are panels of B, strips of four numbers are quads of A. Goes down a cache line's width at a time, since rows that are
 * a power of two apart would drive each other out of the cache before the next strip.
 */
export function packStrips(source: usize, stride: usize, target: usize, width: usize, strip: usize, depth: i32): void {
  const stripBytes = strip * <usize>depth;
  let column: usize = 0;
  for (; column + 64 <= width; column += 64) {
    let from = source + column;
    let to0 = placeOf(target, column, strip, stripBytes);
    let to1 = placeOf(target, column + 16, strip, stripBytes);
    let to2 = placeOf(target, column + 32, strip, stripBytes);
    let to3 = placeOf(target, column + 48, strip, stripBytes);
    for (let k = 0; k < depth; k++) {
      v128.store(to0, v128.load(from));
      v128.store(to1, v128.load(from, 16));
      v128.store(to2, v128.load(from, 32));
      v128.store(to3, v128.load(from, 48));
      from += stride;
      to0 += strip;
      to1 += strip;
      to2 += strip;
      to3 += strip;
    }
  }
  for (; column < width; column += 16) {
    let from = source + column;
    let to = placeOf(target, column, strip, stripBytes);
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(from));
      from += stride;
      to += strip;
    }
  }
}

/** Where the vector at a byte of a row belongs. */
@inline
function placeOf(target: usize, column: usize, strip: usize, stripBytes: usize): usize {
  return target + (column / strip) * stripBytes + (column % strip);
}

/** Panels of a transposed matrix: row k of a panel is column k of two vectors' worth of rows. */
export function packTransposed<T>(source: usize, stride: usize, panel: usize, panels: i32, depth: i32): void {
  const rows: usize = 32 / sizeof<T>();
  for (let count = 0; count < panels; count++) {
    if (sizeof<T>() == 8) transposePanel64(source, stride, panel, <usize>depth);
    else transposePanel32(source, stride, panel, <usize>depth);
    source += rows * stride;
    panel += 32 * <usize>depth;
  }
}

function transposePanel64(source: usize, stride: usize, panel: usize, depth: usize): void {
  for (let column: usize = 0; column < 4; column++) {
    for (let k: usize = 0; k < depth; k++) {
      store<f64>(panel + (k * 4 + column) * 8, load<f64>(source + column * stride + k * 8));
    }
  }
}

function transposePanel32(source: usize, stride: usize, panel: usize, depth: usize): void {
  for (let k: usize = 0; k < depth; k += 4) {
    transposeBlock(source + k * 4, stride, panel + k * 32);
    transposeBlock(source + 4 * stride + k * 4, stride, panel + k * 32 + 16);
  }
}

@inline
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
