/** Helpers on 128-bit vectors that are the same text for float32 (four lanes) and float64 (two lanes). */

/** Numbers of type T in one vector. */
@inline
export function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** Every lane the number at `pointer + index · sizeof T`; `index` must be a constant. */
@inline
export function splatAt<T>(pointer: usize, index: usize): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(pointer + index * 4);
  return v128.load64_splat(pointer + index * 8);
}

/** Every lane `value`, rounded to T. */
@inline
export function constant<T>(value: f64): v128 {
  return v128.splat<T>(<T>value);
}

/** a · b + c: rounded twice by the strict kernels, once or twice, as the processor likes best, by the relaxed ones. */
@inline
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(c, v128.mul<T>(a, b));
}

/** Lanes below `count` are all ones, the rest zeros: keeps the padding of a row at zero. */
export function laneMask<T>(count: i32): v128 {
  if (sizeof<T>() == 4) return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  return i64x2.lt_s(i64x2(0, 1), i64x2.splat(<i64>count));
}

/** The lanes' sum, from the first to the last. */
@inline
export function laneSum<T>(vector: v128): f64 {
  if (sizeof<T>() == 4) {
    return (
      <f64>f32x4.extract_lane(vector, 0) +
      <f64>f32x4.extract_lane(vector, 1) +
      <f64>f32x4.extract_lane(vector, 2) +
      <f64>f32x4.extract_lane(vector, 3)
    );
  }
  return f64x2.extract_lane(vector, 0) + f64x2.extract_lane(vector, 1);
}

/** The largest lane. */
@inline
export function laneMaximum<T>(vector: v128): f64 {
  let top = lowHalf<T>(vector);
  if (sizeof<T>() == 4) top = f64x2.max(top, highHalf<T>(vector));
  return max(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
}

/**
 * The larger of two sizes, which are not below zero, lane by lane; not a number where one of them is none. As whole numbers,
 * float32 numbers have the same order, and comparing those is one instruction.
 */
@inline
export function largerSize<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? i32x4.max_s(a, b) : v128.max<T>(a, b);
}

/** The first lanes as float64. */
@inline
export function lowHalf<T>(vector: v128): v128 {
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(vector);
  return vector;
}

/** The last lanes of a float32 vector as float64; zeros where `lowHalf` has them all. */
@inline
export function highHalf<T>(vector: v128): v128 {
  if (sizeof<T>() == 4) {
    return f64x2.promote_low_f32x4(v128.shuffle<i32>(vector, vector, 2, 3, 2, 3));
  }
  return f64x2.splat(0);
}

/** `sum` (two float64 lanes) with the squares of the vector's lanes added: squares of tiny float32 numbers must not underflow. */
@inline
export function addSquares<T>(sum: v128, vector: v128): v128 {
  const low = lowHalf<T>(vector);
  if (sizeof<T>() == 8) return f64x2.add(sum, f64x2.mul(low, low));
  const high = highHalf<T>(vector);
  return f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
}

/** `sum` (two float64 lanes) with the vector's lanes added. */
@inline
export function addValues<T>(sum: v128, vector: v128): v128 {
  if (sizeof<T>() == 8) return f64x2.add(sum, vector);
  return f64x2.add(sum, f64x2.add(lowHalf<T>(vector), highHalf<T>(vector)));
}

/** Lane-wise count of set masks, as a vector of integers as wide as T: subtracting an all-ones mask adds one. */
@inline
export function countMask<T>(count: v128, mask: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.sub(count, mask);
  return i64x2.sub(count, mask);
}

/** Sum of the lanes of a count. */
@inline
export function countSum<T>(count: v128): f64 {
  if (sizeof<T>() == 4) {
    return <f64>(
      (i32x4.extract_lane(count, 0) +
        i32x4.extract_lane(count, 1) +
        i32x4.extract_lane(count, 2) +
        i32x4.extract_lane(count, 3))
    );
  }
  return <f64>(i64x2.extract_lane(count, 0) + i64x2.extract_lane(count, 1));
}

/** The number at `pointer`, as float64. */
@inline
export function read<T>(pointer: usize): f64 {
  return <f64>load<T>(pointer);
}

/** Writes the number, rounded to T. */
@inline
export function write<T>(pointer: usize, value: f64): void {
  store<T>(pointer, <T>value);
}

/** Copies numbers, as many bytes. */
@inline
export function copyNumbers<T>(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += sizeof<T>()) store<T>(to + at, load<T>(from + at));
}

/** Adds numbers to others, as many bytes. */
@inline
export function addNumbers<T>(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.add<T>(v128.load(to + at), v128.load(from + at)));
  for (; at < bytes; at += sizeof<T>()) store<T>(to + at, load<T>(to + at) + load<T>(from + at));
}
