/** Where the numbers under a convolution's windows lie in memory: tables for the kernels, so that no window is ever copied. */
import { roundUp } from '../arena.ts';
import { frameAlignment } from '../kernels/assembly/codes.ts';
import type { Plan } from '../plan.ts';
import type { Tensor } from '../tensor.ts';
import type { WindowSizes } from './window.ts';

/** Pixels from which on a call of a kernel costs little beside its work. */
const pixelsAtOnce = 64;
/** Numbers of the longest piece: a panel of the weights should not be deeper. */
const longestPiece = 256;

/** Pixels at multiples of so many bytes would drive each other out of the first-level cache: a cache line keeps them apart. */
const crowdedBytes = 256;

/** One dimension of an image under a window. */
interface Axis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

/** The geometry of a convolution. */
export interface Frames {
  /** Address of the frames of all threads; 0 where an image is its own frame. */
  readonly address: number;
  /** Whole numbers of the records of its kernels, from 9 on: see `kernels/assembly/frames.ts`. */
  readonly integers: readonly number[];
  /** Address of frames for the images' errors. */
  planErrors(): number;
}

/**
 * Windows are read from a frame: the image in its border of zeros, with its pixels as close as is good. It lies in working space,
 * or is the image itself where that has no border and such pixels. A window is as many pieces of memory as it has gaps.
 */
export function planFrames(sizes: WindowSizes, input: Tensor, plan: Plan): Frames {
  const [height, width] = axesOf(sizes);
  const ownBytes = input.features * plan.width;
  const pixelBytes = ownBytes + (ownBytes % crowdedBytes === 0 ? frameAlignment : 0);
  const framed = height.padding > 0 || width.padding > 0 || pixelBytes !== input.stride * plan.width;
  const lines = framed ? extentOf(height) : height.input;
  const columns = framed ? extentOf(width) : width.input;
  const lineBytes = columns * pixelBytes;
  const frameBytes = lines * lineBytes;
  const grid = (rows: number, rowStep: number, row: number, step: number): readonly number[] =>
    Array.from(
      { length: rows * row },
      (_, index) => Math.floor(index / row) * rowStep * lineBytes + (index % row) * step * pixelBytes,
    );

  const outputs = grid(height.output, height.stride, width.output, width.stride);
  const samples = samplesAtOnce(outputs.length, plan.samples);
  const pixels = Array.from({ length: samples }, (_, sample) => sample * frameBytes).flatMap((frame) =>
    outputs.map((place) => frame + place),
  );
  const numbers = grid(height.kernel, height.dilation, width.kernel, width.dilation).flatMap((cell) =>
    Array.from({ length: input.features }, (_, channel) => cell + channel * plan.width),
  );
  const last = numbers[numbers.length - 1];
  const cells = Array.from({ length: roundUp(numbers.length, 4) }, (_, index) => numbers[index] ?? last);
  const pieces = piecesOf(numbers, plan.width);
  const allocate = (): number =>
    framed ? plan.forThreads(roundUp(samples * frameBytes, frameAlignment)) : 0;
  return {
    address: allocate(),
    integers: [
      outputs.length,
      samples,
      plan.table(pixels),
      plan.table(cells),
      numbers.length,
      plan.table(pieces),
      pieces.length / 2,
      frameBytes,
      input.rows,
      insideOf(height, lines),
      insideOf(width, columns),
      width.input,
      lineBytes,
      height.padding * lineBytes + width.padding * pixelBytes,
      pixelBytes,
    ],
    planErrors: allocate,
  };
}

/** Height and width; a sequence is a line of pixels. */
function axesOf(sizes: WindowSizes): readonly [Axis, Axis] {
  const { inputShape, outputShape, kernel, stride, padding, dilation } = sizes;
  const image = inputShape.length === 3;
  const axis = (dimension: number): Axis => ({
    input: inputShape[dimension + Number(image)],
    output: outputShape[dimension + Number(image)],
    kernel: kernel[dimension],
    stride: stride[dimension],
    padding: padding[dimension],
    dilation: dilation[dimension],
  });
  if (image) return [axis(0), axis(1)];
  return [{ input: 1, output: 1, kernel: 1, stride: 1, padding: 0, dilation: 1 }, axis(0)];
}

/** As far as windows reach, the border included. */
function extentOf({ output, kernel, stride, dilation }: Axis): number {
  return (output - 1) * stride + (kernel - 1) * dilation + 1;
}

/** How much of the image lies in a frame of such an extent: long strides leave a rest that no window sees. */
function insideOf({ input, padding }: Axis, extent: number): number {
  return Math.max(0, Math.min(input, extent - padding));
}

/** Samples whose pixels are whole tiles of four, and enough of them. */
function samplesAtOnce(pixels: number, most: number): number {
  const whole = pixels % 4 === 0 ? 1 : pixels % 2 === 0 ? 2 : 4;
  return Math.min(roundUp(Math.ceil(pixelsAtOnce / pixels), whole), roundUp(most, 4));
}

/** Runs of numbers that lie one behind the other: bytes of each, and bytes from its end to the next. */
function piecesOf(places: readonly number[], bytes: number): readonly number[] {
  const starts = places.flatMap((place, index) =>
    index === 0 || place !== places[index - 1] + bytes ? [index] : [],
  );
  const cut = starts.flatMap((start, piece) => {
    const length = (starts[piece + 1] ?? places.length) - start;
    return Array.from({ length: Math.ceil(length / longestPiece) }, (_, part) => start + part * longestPiece);
  });
  return cut.flatMap((start, piece) => {
    const end = cut[piece + 1] ?? places.length;
    const length = (end - start) * bytes;
    return [length, end === places.length ? 0 : places[end] - places[start] - length];
  });
}
