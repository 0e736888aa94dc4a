/**
 * Elementary functions of float64 scalars, computed in WebAssembly so that every machine gets the same bits: a host's own
 * `Math` may differ in the last bit from engine to engine. AssemblyScript's library (musl) errs by less than 1 ulp or so.
 */

export function sine(x: f64): f64 {
  return NativeMath.sin(x);
}

export function cosine(x: f64): f64 {
  return NativeMath.cos(x);
}

export function exponential(x: f64): f64 {
  return NativeMath.exp(x);
}

export function logarithm(x: f64): f64 {
  return NativeMath.log(x);
}
