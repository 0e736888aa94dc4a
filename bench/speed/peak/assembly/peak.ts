// AssemblyScript. As in a matrix product, each of eight accumulators takes the product of two numbers in registers; one of the
// two is loaded anew for every four, so that the compiler cannot take the multiplication out of the loop, and the others are no
// constants, which it would make anew at every use. Four times the same, so that the loop itself costs next to nothing.

export function run(rounds: i32, factor: f32): f32 {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
  const y0 = f32x4.splat(factor), y1 = f32x4.splat(factor + 1), y2 = f32x4.splat(factor + 2), y3 = f32x4.splat(factor + 3);
  const place: usize = <usize>rounds & 15;
  for (let round = 0; round < rounds; round++) {
    let x: v128;
    x = v128.load(place, 1024);
    a0 = f32x4.add(a0, f32x4.mul(x, y0));
    a1 = f32x4.add(a1, f32x4.mul(x, y1));
    a2 = f32x4.add(a2, f32x4.mul(x, y2));
    a3 = f32x4.add(a3, f32x4.mul(x, y3));
    x = v128.load(place, 1040);
    a4 = f32x4.add(a4, f32x4.mul(x, y0));
    a5 = f32x4.add(a5, f32x4.mul(x, y1));
    a6 = f32x4.add(a6, f32x4.mul(x, y2));
    a7 = f32x4.add(a7, f32x4.mul(x, y3));
    x = v128.load(place, 1056);
    a0 = f32x4.add(a0, f32x4.mul(x, y0));
    a1 = f32x4.add(a1, f32x4.mul(x, y1));
    a2 = f32x4.add(a2, f32x4.mul(x, y2));
    a3 = f32x4.add(a3, f32x4.mul(x, y3));
    x = v128.load(place, 1072);
    a4 = f32x4.add(a4, f32x4.mul(x, y0));
    a5 = f32x4.add(a5, f32x4.mul(x, y1));
    a6 = f32x4.add(a6, f32x4.mul(x, y2));
    a7 = f32x4.add(a7, f32x4.mul(x, y3));
    x = v128.load(place, 1088);
    a0 = f32x4.add(a0, f32x4.mul(x, y0));
    a1 = f32x4.add(a1, f32x4.mul(x, y1));
    a2 = f32x4.add(a2, f32x4.mul(x, y2));
    a3 = f32x4.add(a3, f32x4.mul(x, y3));
    x = v128.load(place, 1104);
    a4 = f32x4.add(a4, f32x4.mul(x, y0));
    a5 = f32x4.add(a5, f32x4.mul(x, y1));
    a6 = f32x4.add(a6, f32x4.mul(x, y2));
    a7 = f32x4.add(a7, f32x4.mul(x, y3));
    x = v128.load(place, 1120);
    a0 = f32x4.add(a0, f32x4.mul(x, y0));
    a1 = f32x4.add(a1, f32x4.mul(x, y1));
    a2 = f32x4.add(a2, f32x4.mul(x, y2));
    a3 = f32x4.add(a3, f32x4.mul(x, y3));
    x = v128.load(place, 1136);
    a4 = f32x4.add(a4, f32x4.mul(x, y0));
    a5 = f32x4.add(a5, f32x4.mul(x, y1));
    a6 = f32x4.add(a6, f32x4.mul(x, y2));
    a7 = f32x4.add(a7, f32x4.mul(x, y3));
  }
  const sum = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), f32x4.add(f32x4.add(a4, a5), f32x4.add(a6, a7)));
  return f32x4.extract_lane(sum, 0);
}
