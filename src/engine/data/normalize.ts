/**
 * Scales every feature in place by what is known of the training samples alone, as `StandardScaler` and `MinMaxScaler` of
 * scikit-learn do: `standard` to mean 0 and (population) deviation 1, `minmax` to 0 … 1. A feature that never changes is only
 * shifted. `inputs` is samples x features, the training samples first.
 */
export function normalizeFeatures(
  inputs: Float64Array,
  features: number,
  trainCount: number,
  how: 'standard' | 'minmax',
): void {
  for (let feature = 0; feature < features; feature++) {
    const training = Float64Array.from(
      { length: trainCount },
      (_, sample) => inputs[sample * features + feature],
    );
    const { shift, scale } = how === 'standard' ? meanAndDeviation(training) : minimumAndRange(training);
    for (let place = feature; place < inputs.length; place += features) {
      inputs[place] = (inputs[place] - shift) / (scale === 0 ? 1 : scale);
    }
  }
}

interface Scaling {
  readonly shift: number;
  readonly scale: number;
}

function meanAndDeviation(values: Float64Array): Scaling {
  // A constant feature has to give a deviation of exactly 0, which a rounded mean would spoil.
  if (values.every((value) => value === values[0])) {
    return { shift: values[0], scale: 0 };
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { shift: mean, scale: Math.sqrt(variance) };
}

function minimumAndRange(values: Float64Array): Scaling {
  const minimum = values.reduce((least, value) => Math.min(least, value));
  const maximum = values.reduce((most, value) => Math.max(most, value));
  return { shift: minimum, scale: maximum - minimum };
}
