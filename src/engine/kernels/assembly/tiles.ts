/**
 * Tiles of matrix products: four rows by two vectors of C stay in registers over the whole depth. Unrolled over four steps of
 * the depth, because the processor's front end is the bottleneck, not its multipliers.
 */
import { splatAt } from './vectors';

/** Bytes of a packed panel's row: two vectors. */
export const panelBytes: usize = 32;

/** Four rows of A, as they lie, by a panel of B. The bias, if any, is what the sums start from; `adding` adds to C. */
export function tileOfRows<T>(
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

/** Four columns of A by a panel of B, row by row of both; the depth is a multiple of four. */
export function tileOfColumns<T>(
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
    c00 = v128.add<T>(c00, v128.load(c));
    c01 = v128.add<T>(c01, v128.load(c, 16));
    c10 = v128.add<T>(c10, v128.load(c1));
    c11 = v128.add<T>(c11, v128.load(c1, 16));
    c20 = v128.add<T>(c20, v128.load(c2));
    c21 = v128.add<T>(c21, v128.load(c2, 16));
    c30 = v128.add<T>(c30, v128.load(c3));
    c31 = v128.add<T>(c31, v128.load(c3, 16));
  }
  for (let k = 0; k < depth; k += 4) {
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
    a += aStride;
    b += bStride;
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = splatAt<T>(a, 0);
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
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = splatAt<T>(a, 0);
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
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = splatAt<T>(a, 0);
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
