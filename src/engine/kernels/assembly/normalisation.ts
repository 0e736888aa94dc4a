/** Normalisations, forward and backward. Means and variances are taken in float64. */
import { address, Context, integer, real } from './context';
import { clearPadding } from './padding';
import { addSquares, addValues, constant, highHalf, laneMask, laneSum, lanes, lowHalf } from './vectors';

/** This thread's share of `columns` columns, in whole vectors: from its first to before the next thread's. */
@inline
function columnShare<T>(columns: i32, thread: i32): i32 {
  const vectors = columns / lanes<T>();
  return ((vectors * thread) / Context.threads) * lanes<T>();
}

/** Sum over rows of two float64 pairs as a vector of T: what lies in the lanes of one column vector. */
@inline
function joined<T>(low: v128, high: v128): v128 {
  if (sizeof<T>() == 8) return low;
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/**
 * y = γ (x − mean) / √(variance + ε) + β with mean and biased variance of each column over the batch (Ioffe & Szegedy 2015,
 * algorithm 1); the running ones, in which the variance is unbiased, follow with a tenth and serve when judging.
 * Whole numbers: x, y, rows a sample, stride, γ (β behind it), means, reciprocal deviations, running means, running variances.
 * Numbers: ε.
 */
export function batchNormalise<T>(record: usize): void {
  const rowsPerSample = integer(record, 2);
  const stride = integer(record, 3);
  const bytes = <usize>stride * sizeof<T>();
  const rows = Context.samples * rowsPerSample;
  const epsilon = real(record, 0);
  const to = columnShare<T>(stride, Context.thread + 1);
  for (let column = columnShare<T>(stride, Context.thread); column < to; column += lanes<T>()) {
    const offset = <usize>column * sizeof<T>();
    const x = address(record, 0) + offset;
    if (!Context.evaluating) measureColumn<T>(record, x, bytes, rows, offset, epsilon);
    let mean = v128.load(address(record, 5) + offset);
    let scale = v128.load(address(record, 6) + offset);
    if (Context.evaluating) {
      mean = v128.load(address(record, 7) + offset);
      const variance = v128.load(address(record, 8) + offset);
      scale = v128.div<T>(constant<T>(1), v128.sqrt<T>(v128.add<T>(variance, constant<T>(epsilon))));
    }
    const gamma = v128.mul<T>(scale, v128.load(address(record, 4) + offset));
    const beta = v128.load(address(record, 4) + bytes + offset);
    let y = address(record, 1) + offset;
    let place = x;
    for (let row = 0; row < rows; row++) {
      v128.store(y, v128.add<T>(v128.mul<T>(v128.sub<T>(v128.load(place), mean), gamma), beta));
      place += bytes;
      y += bytes;
    }
    for (let row = rows; row < ((rows + 3) & ~3); row++) {
      v128.store(y, v128.splat<T>(0));
      y += bytes;
    }
  }
}

/** Mean and reciprocal deviation of one vector of columns, and their running companions. */
function measureColumn<T>(record: usize, x: usize, bytes: usize, rows: i32, offset: usize, epsilon: f64): void {
  const count = f64x2.splat(<f64>rows);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let place = x;
  for (let row = 0; row < rows; row++) {
    const value = v128.load(place);
    low = f64x2.add(low, lowHalf<T>(value));
    high = f64x2.add(high, highHalf<T>(value));
    place += bytes;
  }
  const lowMean = f64x2.div(low, count);
  const highMean = f64x2.div(high, count);
  low = f64x2.splat(0);
  high = f64x2.splat(0);
  place = x;
  for (let row = 0; row < rows; row++) {
    const value = v128.load(place);
    const lowDistance = f64x2.sub(lowHalf<T>(value), lowMean);
    const highDistance = f64x2.sub(highHalf<T>(value), highMean);
    low = f64x2.add(low, f64x2.mul(lowDistance, lowDistance));
    high = f64x2.add(high, f64x2.mul(highDistance, highDistance));
    place += bytes;
  }
  const one = f64x2.splat(1);
  const e = f64x2.splat(epsilon);
  const lowScale = f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.div(low, count), e)));
  const highScale = f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.div(high, count), e)));
  const mean = joined<T>(lowMean, highMean);
  v128.store(address(record, 5) + offset, mean);
  v128.store(address(record, 6) + offset, joined<T>(lowScale, highScale));
  const unbiased = f64x2.splat(<f64>max(rows - 1, 1));
  const variance = joined<T>(f64x2.div(low, unbiased), f64x2.div(high, unbiased));
  follow<T>(address(record, 7) + offset, mean);
  follow<T>(address(record, 8) + offset, variance);
}

/** running ← 0.9 running + 0.1 new, PyTorch's momentum. */
@inline
function follow<T>(running: usize, value: v128): void {
  const old = v128.mul<T>(v128.load(running), constant<T>(0.9));
  v128.store(running, v128.add<T>(old, v128.mul<T>(value, constant<T>(0.1))));
}

/**
 * ∂L/∂x = γ/σ (∂L/∂y − mean ∂L/∂y − x̂ mean(x̂ ∂L/∂y)), ∂L/∂γ = Σ x̂ ∂L/∂y, ∂L/∂β = Σ ∂L/∂y.
 * Whole numbers: x, ∂L/∂y, rows a sample, stride, γ, means, reciprocal deviations, ∂L/∂x or 0, ∂L/∂γ, whether to add to ∂L/∂x.
 */
export function batchNormaliseError<T>(record: usize): void {
  const rowsPerSample = integer(record, 2);
  const stride = integer(record, 3);
  const bytes = <usize>stride * sizeof<T>();
  const rows = Context.samples * rowsPerSample;
  const adding = integer(record, 9) != 0;
  const to = columnShare<T>(stride, Context.thread + 1);
  for (let column = columnShare<T>(stride, Context.thread); column < to; column += lanes<T>()) {
    const offset = <usize>column * sizeof<T>();
    const mean = v128.load(address(record, 5) + offset);
    const scale = v128.load(address(record, 6) + offset);
    let place = <usize>0;
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let lowProduct = f64x2.splat(0);
    let highProduct = f64x2.splat(0);
    for (let row = 0; row < rows; row++) {
      const error = v128.load(address(record, 1) + offset + place);
      const x = v128.load(address(record, 0) + offset + place);
      const product = v128.mul<T>(error, v128.mul<T>(v128.sub<T>(x, mean), scale));
      low = f64x2.add(low, lowHalf<T>(error));
      high = f64x2.add(high, highHalf<T>(error));
      lowProduct = f64x2.add(lowProduct, lowHalf<T>(product));
      highProduct = f64x2.add(highProduct, highHalf<T>(product));
      place += bytes;
    }
    v128.store(address(record, 8) + offset, joined<T>(lowProduct, highProduct));
    v128.store(address(record, 8) + bytes + offset, joined<T>(low, high));
    const target = address(record, 7);
    if (target == 0) continue;
    const count = f64x2.splat(<f64>rows);
    const meanError = joined<T>(f64x2.div(low, count), f64x2.div(high, count));
    const meanProduct = joined<T>(f64x2.div(lowProduct, count), f64x2.div(highProduct, count));
    const factor = v128.mul<T>(scale, v128.load(address(record, 4) + offset));
    place = 0;
    for (let row = 0; row < rows; row++) {
      const error = v128.load(address(record, 1) + offset + place);
      const x = v128.load(address(record, 0) + offset + place);
      const normalised = v128.mul<T>(v128.sub<T>(x, mean), scale);
      const rest = v128.sub<T>(v128.sub<T>(error, meanError), v128.mul<T>(normalised, meanProduct));
      let result = v128.mul<T>(rest, factor);
      if (adding) result = v128.add<T>(result, v128.load(target + offset + place));
      v128.store(target + offset + place, result);
      place += bytes;
    }
    for (let row = rows; row < ((rows + 3) & ~3); row++) {
      v128.store(target + offset + place, v128.splat<T>(0));
      place += bytes;
    }
  }
}

/**
 * y = γ (x − mean) / √(variance + ε) + β over groups of rows (Ba, Kiros & Hinton 2016, eq. 4); without centring and shift
 * y = γ x / √(mean x² + ε) (Zhang & Sennrich 2019, eq. 4).
 * Whole numbers: x, y, rows a sample, features, stride, γ (β behind it), pairs of mean and reciprocal deviation (float64),
 * rows of a group, whether to centre. Numbers: ε.
 */
export function rowNormalise<T>(record: usize): void {
  const rowsPerSample = integer(record, 2);
  const features = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const groupRows = integer(record, 7);
  const groupBytes = <usize>groupRows * bytes;
  const centred = integer(record, 8) != 0;
  const count = <f64>(features * groupRows);
  const groups = rowsPerSample / groupRows;
  const last = Context.sampleTo * groups;
  for (let group = Context.sampleFrom * groups; group < last; group++) {
    const x = address(record, 0) + <usize>group * groupBytes;
    const y = address(record, 1) + <usize>group * groupBytes;
    const pair = address(record, 6) + (<usize>group << 4);
    let mean: f64 = 0;
    if (centred) {
      let sum = f64x2.splat(0);
      for (let place: usize = 0; place < groupBytes; place += 16) sum = addValues<T>(sum, v128.load(x + place));
      mean = laneSum<f64>(sum) / count;
    }
    const mean2 = constant<T>(mean);
    let squares = f64x2.splat(0);
    for (let place: usize = 0; place < groupBytes; place += 16) {
      const mask = laneMask<T>(features - <i32>((place % bytes) / sizeof<T>()));
      squares = addSquares<T>(squares, v128.and(v128.sub<T>(v128.load(x + place), mean2), mask));
    }
    const scale = 1 / sqrt(laneSum<f64>(squares) / count + real(record, 0));
    store<f64>(pair, mean);
    store<f64>(pair, scale, 8);
    const factor = constant<T>(scale);
    const gamma = address(record, 5);
    for (let place: usize = 0; place < groupBytes; place += 16) {
      const normalised = v128.mul<T>(v128.sub<T>(v128.load(x + place), mean2), factor);
      let value = v128.mul<T>(normalised, v128.load(gamma + place));
      if (centred) value = v128.add<T>(value, v128.load(gamma + groupBytes + place));
      v128.store(y + place, value);
    }
  }
  clearPadding<T>(address(record, 1), rowsPerSample, integer(record, 4));
}

/**
 * ∂L/∂x = (g − mean g − x̂ mean(x̂ g)) / σ with g = γ ∂L/∂y; without centring the middle term is absent.
 * Whole numbers: x, ∂L/∂y, rows a sample, features, stride, γ, pairs, rows of a group, whether to centre, ∂L/∂x, whether to add.
 */
export function rowNormaliseError<T>(record: usize): void {
  const rowsPerSample = integer(record, 2);
  const features = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const groupRows = integer(record, 7);
  const groupBytes = <usize>groupRows * bytes;
  const centred = integer(record, 8) != 0;
  const adding = integer(record, 10) != 0;
  const count = <f64>(features * groupRows);
  const groups = rowsPerSample / groupRows;
  const gamma = address(record, 5);
  const last = Context.sampleTo * groups;
  for (let group = Context.sampleFrom * groups; group < last; group++) {
    const x = address(record, 0) + <usize>group * groupBytes;
    const error = address(record, 1) + <usize>group * groupBytes;
    const target = address(record, 9) + <usize>group * groupBytes;
    const pair = address(record, 6) + (<usize>group << 4);
    const mean = constant<T>(load<f64>(pair));
    const scale = constant<T>(load<f64>(pair, 8));
    let sum = f64x2.splat(0);
    let products = f64x2.splat(0);
    for (let place: usize = 0; place < groupBytes; place += 16) {
      const g = v128.mul<T>(v128.load(error + place), v128.load(gamma + place));
      const normalised = v128.mul<T>(v128.sub<T>(v128.load(x + place), mean), scale);
      sum = addValues<T>(sum, g);
      products = addValues<T>(products, v128.mul<T>(g, normalised));
    }
    const meanError = constant<T>(centred ? laneSum<f64>(sum) / count : 0);
    const meanProduct = constant<T>(laneSum<f64>(products) / count);
    for (let place: usize = 0; place < groupBytes; place += 16) {
      const g = v128.mul<T>(v128.load(error + place), v128.load(gamma + place));
      const normalised = v128.mul<T>(v128.sub<T>(v128.load(x + place), mean), scale);
      const rest = v128.sub<T>(v128.sub<T>(g, meanError), v128.mul<T>(normalised, meanProduct));
      const mask = laneMask<T>(features - <i32>((place % bytes) / sizeof<T>()));
      let result = v128.and(v128.mul<T>(rest, scale), mask);
      if (adding) result = v128.add<T>(result, v128.load(target + place));
      v128.store(target + place, result);
    }
  }
  clearPadding<T>(address(record, 9), rowsPerSample, integer(record, 4));
}

/** ∂L/∂γ = Σ x̂ ∂L/∂y and ∂L/∂β = Σ ∂L/∂y over all groups; whole numbers as in `rowNormaliseError`, number 9: ∂L/∂γ. */
export function rowNormaliseGradient<T>(record: usize): void {
  const groupRows = integer(record, 7);
  const stride = integer(record, 4);
  const groupBytes = <usize>(groupRows * stride) * sizeof<T>();
  const centred = integer(record, 8) != 0;
  const groups = (Context.samples * integer(record, 2)) / groupRows;
  const gradient = address(record, 9);
  const columns = groupRows * stride;
  const to = columnShare<T>(columns, Context.thread + 1);
  for (let column = columnShare<T>(columns, Context.thread); column < to; column += lanes<T>()) {
    const offset = <usize>column * sizeof<T>();
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let lowProduct = f64x2.splat(0);
    let highProduct = f64x2.splat(0);
    let place = offset;
    for (let group = 0; group < groups; group++) {
      const pair = address(record, 6) + (<usize>group << 4);
      const error = v128.load(address(record, 1) + place);
      const distance = v128.sub<T>(v128.load(address(record, 0) + place), constant<T>(load<f64>(pair)));
      const product = v128.mul<T>(error, v128.mul<T>(distance, constant<T>(load<f64>(pair, 8))));
      low = f64x2.add(low, lowHalf<T>(error));
      high = f64x2.add(high, highHalf<T>(error));
      lowProduct = f64x2.add(lowProduct, lowHalf<T>(product));
      highProduct = f64x2.add(highProduct, highHalf<T>(product));
      place += groupBytes;
    }
    v128.store(gradient + offset, joined<T>(lowProduct, highProduct));
    if (centred) v128.store(gradient + groupBytes + offset, joined<T>(low, high));
  }
}
