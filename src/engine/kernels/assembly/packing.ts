/** Copies of parts of matrices in the order in which a tile reads them. */
import { transposeBlock } from './transpose';
import { lanes } from './vectors';

/** Bytes of a panel's row: two vectors. */
export const panelBytes: usize = 32;

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
  const vectorRows = <usize>lanes<T>();
  for (let count = 0; count < panels; count++) {
    for (let k: usize = 0; k < <usize>depth; k += vectorRows) {
      const from = source + k * sizeof<T>();
      const to = panel + k * panelBytes;
      transposeBlock<T>(from, stride, to, panelBytes, false);
      transposeBlock<T>(from + vectorRows * stride, stride, to + 16, panelBytes, false);
    }
    source += 2 * vectorRows * stride;
    panel += panelBytes * <usize>depth;
  }
}
