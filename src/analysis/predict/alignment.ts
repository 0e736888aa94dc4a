/** How much the samples of a batch share their errors and inputs in one layer: what finite width makes of one moves with the others. */

/**
 * tr(T²)/tr(T)² with T = error·input, both points² and symmetric: 1 where all samples are alike, 1/k where k unrelated ones are.
 */
export function alignment(error: Float64Array, input: Float64Array): number {
  const points = Math.sqrt(error.length);
  const product = new Float64Array(error.length);
  for (let row = 0; row < points; row++) {
    for (let inner = 0; inner < points; inner++) {
      const factor = error[row * points + inner]!;
      if (factor === 0) continue;
      for (let column = 0; column < points; column++) {
        product[row * points + column]! += factor * input[inner * points + column]!;
      }
    }
  }
  let first = 0;
  let second = 0;
  for (let row = 0; row < points; row++) {
    first += product[row * (points + 1)]!;
    for (let column = 0; column < points; column++) {
      second += product[row * points + column]! * product[column * points + row]!;
    }
  }
  return first !== 0 ? Math.max(0, Math.min(1, second / (first * first))) : 1;
}
