/** How much the samples of a batch share their errors and inputs in one layer: what finite width makes of one moves with the others. */

/** Above so many points the trace of a product is estimated. */
const exactPoints = 48;
const probes = 4;

/**
 * tr(T²)/tr(T)² with T = error·input, both points² and symmetric: 1 where all samples are alike, 1/k where k unrelated ones are.
 */
export function alignment(error: Float64Array, input: Float64Array): number {
  const points = Math.sqrt(error.length);
  let first = 0;
  for (let index = 0; index < error.length; index++) first += error[index] * input[index];
  if (first === 0) return 1;
  const second = points <= exactPoints ? squareTrace(error, input) : estimatedSquareTrace(error, input);
  return Math.max(1 / points, Math.min(1, second / (first * first)));
}

/** tr((error·input)²). */
function squareTrace(error: Float64Array, input: Float64Array): number {
  const points = Math.sqrt(error.length);
  const product = new Float64Array(error.length);
  for (let row = 0; row < points; row++) {
    for (let inner = 0; inner < points; inner++) {
      const factor = error[row * points + inner];
      if (factor === 0) continue;
      for (let column = 0; column < points; column++) {
        product[row * points + column] += factor * input[inner * points + column];
      }
    }
  }
  let sum = 0;
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      sum += product[row * points + column] * product[column * points + row];
    }
  }
  return sum;
}

/** The same as the mean of (Tᵀv)·(Tv) over vectors v of random signs (Hutchinson 1990). */
function estimatedSquareTrace(error: Float64Array, input: Float64Array): number {
  const points = Math.sqrt(error.length);
  let state = 0x2545f491;
  let sum = 0;
  for (let probe = 0; probe < probes; probe++) {
    const signs = Float64Array.from({ length: points }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state < 0 ? -1 : 1;
    });
    const forward = times(error, times(input, signs));
    const backward = times(input, times(error, signs));
    for (let point = 0; point < points; point++) sum += (forward[point] * backward[point]) / probes;
  }
  return sum;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const points = vector.length;
  const result = new Float64Array(points);
  for (let row = 0; row < points; row++) {
    let sum = 0;
    for (let column = 0; column < points; column++) sum += matrix[row * points + column] * vector[column];
    result[row] = sum;
  }
  return result;
}
