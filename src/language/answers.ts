import type { Shape } from './network.ts';

/** What an output answers for each sample: `rows` times (its time steps, its pixels) one number for each of `features`. */
export function answersOf(output: Shape): { readonly rows: number; readonly features: number } {
  // Channels stand in front in an image, features behind everywhere else.
  const features = (output.length === 3 ? output[0] : output.at(-1)) ?? 1;
  return { rows: output.reduce((product, size) => product * size, 1) / features, features };
}
