import type { Shape } from '../../language/network.ts';

/** Sizes of a window that slides over an image or a sequence, one number a dimension. */
export interface WindowSizes {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** The twelve whole numbers that `readWindow` of `kernels/assembly/windows.ts` reads; a sequence is an image of width 1. */
export function windowIntegers(sizes: WindowSizes): readonly number[] {
  const { inputShape, outputShape, kernel, stride, padding, dilation } = sizes;
  if (inputShape.length === 3) {
    return [...inputShape.slice(1), ...outputShape.slice(1), ...kernel, ...stride, ...padding, ...dilation];
  }
  const pair = (values: readonly number[], beside: number): readonly number[] => [values[0], beside];
  return [
    ...pair(inputShape, 1),
    ...pair(outputShape, 1),
    ...pair(kernel, 1),
    ...pair(stride, 1),
    ...pair(padding, 0),
    ...pair(dilation, 1),
  ];
}
