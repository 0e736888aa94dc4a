/** Where a window can slide: what convolution and pooling share. */
import type { Shape } from '../../network.ts';
import { formatShape, tokenProblem, wrongInput, type LayerProblem, type Signal } from './layer.ts';

/** A window over time (one number each) or over height and width (two). */
export interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** Number of dimensions that a window slides over: 1 on time x features, 2 on channels x height x width. */
export function windowDimensions(kind: string, input: Signal): number | LayerProblem {
  const tokens = tokenProblem(kind, input);
  if (tokens) return tokens;
  if (input.shape.length === 3) return 2;
  if (input.shape.length === 2) return 1;
  const wanted = 'an image (channels x height x width) or a sequence (time x features)';
  return wrongInput(kind, wanted, input, 'Give the network an input such as `1x8x8`.');
}

/** One number for each of the dimensions: a single one counts for all. Undefined where there are too many. */
export function perDimension(sizes: readonly number[], dimensions: number): readonly number[] | undefined {
  if (sizes.length === dimensions) return sizes;
  return sizes.length === 1 ? Array<number>(dimensions).fill(sizes[0]) : undefined;
}

/** All parts of a window with one number a dimension, or which argument has too many. */
export function windowOf(
  kind: string,
  dimensions: number,
  parts: { readonly [Part in keyof Window]: readonly number[] },
  names: { readonly [Part in keyof Window]: string },
): Window | LayerProblem {
  const window: { -readonly [Part in keyof Window]?: readonly number[] } = {};
  for (const part of ['kernel', 'stride', 'padding', 'dilation'] as const) {
    const sizes = perDimension(parts[part], dimensions);
    if (!sizes) {
      const message = `\`${names[part]}=${formatShape(parts[part])}\` has two numbers, but over a sequence \`${kind}\` slides in one direction: expected one.`;
      return { rule: 'shape', argument: names[part], message };
    }
    window[part] = sizes;
  }
  return window as Window;
}

/**
 * Number of places of the window in each dimension, as PyTorch counts: ⌊(size + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1.
 */
export function slide(kind: string, spatial: Shape, window: Window, argument: string): Shape | LayerProblem {
  const places: number[] = [];
  for (const [dimension, size] of spatial.entries()) {
    const reach = window.dilation[dimension] * (window.kernel[dimension] - 1) + 1;
    const room = size + 2 * window.padding[dimension];
    if (reach > room) {
      const what = spatial.length === 1 ? 'sequence' : 'image';
      const padded = window.padding[dimension] === 0 ? '' : `, ${room} with padding`;
      const axis = spatial.length === 1 ? 'time steps' : dimension === 0 ? 'high' : 'wide';
      const message = `The window of \`${kind}\` spans ${reach} (\`${argument}=${formatShape(window.kernel)}\`), but its ${what} (${formatShape(spatial)}) is only ${size} ${axis}${padded}.`;
      return { rule: 'shape', argument, message };
    }
    places.push(Math.floor((room - reach) / window.stride[dimension]) + 1);
  }
  return places;
}
