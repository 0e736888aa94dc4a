// AssemblyScript. As in a matrix product, each of eight accumulators takes the product of two numbers in registers; two of the
// numbers are loaded anew each time, so that the compiler cannot take the multiplication out of the loop, and the others are no
// constants, which it would make anew at every use.

export function run(rounds: i32, factor: f32): f32 {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
  const y0 = f32x4.splat(factor), y1 = f32x4.splat(factor + 1), y2 = f32x4.splat(factor + 2), y3 = f32x4.splat(factor + 3);
  for (let round = 0; round < rounds; round++) {
    const place = 1024 + ((round & 63) << 5);
    const x0 = v128.load(place);
    const x1 = v128.load(place, 16);
    a0 = f32x4.add(a0, f32x4.mul(x0, y0));
    a1 = f32x4.add(a1, f32x4.mul(x0, y1));
    a2 = f32x4.add(a2, f32x4.mul(x0, y2));
    a3 = f32x4.add(a3, f32x4.mul(x0, y3));
    a4 = f32x4.add(a4, f32x4.mul(x1, y0));
    a5 = f32x4.add(a5, f32x4.mul(x1, y1));
    a6 = f32x4.add(a6, f32x4.mul(x1, y2));
    a7 = f32x4.add(a7, f32x4.mul(x1, y3));
  }
  const sum = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), f32x4.add(f32x4.add(a4, a5), f32x4.add(a6, a7)));
  return f32x4.extract_lane(sum, 0);
}
