/** Which input positions a sliding window covers. */

/** One number a spatial dimension for each. */
export interface WindowShape {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** For each output position the input positions under the window, −1 where it lies over the padding. */
export interface Windows {
  readonly outputs: number;
  /** Positions in one window. */
  readonly area: number;
  /** outputs x area. */
  readonly covered: Int32Array;
}

/** Windows over an input of these sizes that yield an output of those. */
export function slidingWindows(
  input: readonly number[],
  output: readonly number[],
  window: WindowShape,
): Windows {
  const count = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);
  const outputs = count(output);
  const area = count(window.size);
  const covered = new Int32Array(outputs * area);
  for (let position = 0; position < outputs; position++) {
    const place = unravel(position, output);
    for (let offset = 0; offset < area; offset++) {
      const shift = unravel(offset, window.size);
      let index = 0;
      for (let dimension = 0; dimension < input.length; dimension++) {
        const coordinate =
          place[dimension] * window.stride[dimension] -
          window.padding[dimension] +
          shift[dimension] * window.dilation[dimension];
        if (coordinate < 0 || coordinate >= input[dimension]) {
          index = -1;
          break;
        }
        index = index * input[dimension] + coordinate;
      }
      covered[position * area + offset] = index;
    }
  }
  return { outputs, area, covered };
}

/** Row-major coordinates of a position. */
function unravel(position: number, sizes: readonly number[]): number[] {
  const place: number[] = [];
  let rest = position;
  for (let dimension = sizes.length - 1; dimension >= 0; dimension--) {
    place[dimension] = rest % sizes[dimension];
    rest = Math.floor(rest / sizes[dimension]);
  }
  return place;
}
