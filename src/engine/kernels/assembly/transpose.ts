/** Blocks of matrices whose rows become columns. */

/** A block of one vector by as many rows becomes columns, added to what is there or not. Distances of rows are bytes. */
@inline
export function transposeBlock<T>(from: usize, fromBytes: usize, to: usize, toBytes: usize, adding: bool): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromBytes);
  if (sizeof<T>() == 8) {
    put<T>(to, v128.shuffle<f64>(r0, r1, 0, 2), adding);
    put<T>(to + toBytes, v128.shuffle<f64>(r0, r1, 1, 3), adding);
    return;
  }
  const r2 = v128.load(from + 2 * fromBytes);
  const r3 = v128.load(from + 3 * fromBytes);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  put<T>(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5), adding);
  put<T>(to + toBytes, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), adding);
  put<T>(to + 2 * toBytes, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), adding);
  put<T>(to + 3 * toBytes, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), adding);
}

@inline
function put<T>(place: usize, value: v128, adding: bool): void {
  v128.store(place, adding ? v128.add<T>(v128.load(place), value) : value);
}
