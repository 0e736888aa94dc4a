/** Square symmetric matrices over the points of a signal, row-major in one `Float64Array`. */

/** Number of rows of a square matrix. */
export function rowsOf(matrix: Float64Array): number {
  return Math.sqrt(matrix.length);
}

/** The elementwise product, times a number. */
export function hadamard(a: Float64Array, b: Float64Array, factor = 1): Float64Array {
  const product = new Float64Array(a.length);
  for (let index = 0; index < a.length; index++) product[index] = a[index] * b[index] * factor;
  return product;
}

/** factor·a + offset. */
export function affine(a: Float64Array, factor: number, offset: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let index = 0; index < a.length; index++) result[index] = a[index] * factor + offset;
  return result;
}

/** factor·a. */
export function scaled(a: Float64Array, factor: number): Float64Array {
  const product = new Float64Array(a.length);
  for (let index = 0; index < a.length; index++) product[index] = a[index] * factor;
  return product;
}

/** Adds factor·b to a in place. */
export function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let index = 0; index < a.length; index++) a[index] += b[index] * factor;
}

/** Sum of the diagonal. */
export function trace(matrix: Float64Array): number {
  const rows = rowsOf(matrix);
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += matrix[row * (rows + 1)];
  return sum;
}

/** Largest absolute entry. */
export function largestEntry(matrix: Float64Array): number {
  let largest = 0;
  for (let index = 0; index < matrix.length; index++) {
    const size = Math.abs(matrix[index]);
    // Not a number passes every comparison but this one.
    if (!(size <= largest)) largest = size;
  }
  return largest;
}

/** A pivot below this share of the diagonal is rounding: the samples before it already determine this one. */
const smallestPivot = 1e-13;

/** Lower triangular F with FFᵀ = matrix, positive semidefinite; dependent rows get no randomness of their own. */
export function choleskyFactor(matrix: Float64Array): Float64Array {
  const rows = rowsOf(matrix);
  const factor = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    const start = row * rows;
    for (let column = 0; column <= row; column++) {
      const other = column * rows;
      let rest = matrix[start + column];
      for (let index = 0; index < column; index++) rest -= factor[start + index] * factor[other + index];
      if (column < row) {
        const pivot = factor[other + column];
        factor[start + column] = pivot > 0 ? rest / pivot : 0;
      } else {
        factor[start + column] = rest > smallestPivot * matrix[start + column] ? Math.sqrt(rest) : 0;
      }
    }
  }
  return factor;
}
