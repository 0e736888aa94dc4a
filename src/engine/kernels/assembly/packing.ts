/** Copies of parts of matrices in the order in which a tile reads them. */

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

/** Four columns of a matrix, row by row, so that they lie next to each other. */
export function packQuad<T>(source: usize, stride: usize, quad: usize, depth: i32): void {
  for (let k = 0; k < depth; k++) {
    v128.store(quad, v128.load(source));
    if (sizeof<T>() == 8) v128.store(quad, v128.load(source, 16), 16);
    source += stride;
    quad += 4 * sizeof<T>();
  }
}
