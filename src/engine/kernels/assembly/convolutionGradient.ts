/**
 * Gradients of convolutions. Whole numbers are those of convolution.ts, with ∂L/∂W, ∂L/∂b and ∂L/∂z for W, b and z.
 */
import { address, Context, integer } from './context';
import { framesOf, outputPixels, samplesAtOnce, tableOfCells, tableOfPixels, windowNumbers } from './frames';
import { panelBytes } from './packing';
import { columnsAtOnce, panelsOf, zeros } from './products';
import { cellsByPanels } from './tiles.generated';
import { lanes } from './vectors';

/** Pixels over which is summed at once: their errors, in two panels, and the frame stay in the first-level cache. */
const pixelsAtOnce: i32 = 128;

/**
 * ∂L/∂W = windowsᵀ ∂L/∂z and ∂L/∂b. Number 24 is 0 where threads share the windows' numbers;
 * else they share the samples, and it is the distance in bytes of the sums of their blocks.
 */
export function convolutionGradient<T>(record: usize): void {
  const quads = (windowNumbers(record) + 3) >> 2;
  const bias = address(record, 4);
  const distance = address(record, 24);
  if (distance == 0) {
    const from = (quads * Context.thread) / Context.threads;
    const to = (quads * (Context.thread + 1)) / Context.threads;
    const own = Context.thread == Context.threads - 1 ? bias : 0;
    sumGradient<T>(record, 0, Context.samples, from, to, address(record, 3), own);
    return;
  }
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const offset = <usize>(from / block) * distance;
    const to = min(from + block, Context.sampleTo);
    sumGradient<T>(record, from, to, 0, quads, address(record, 3) + offset, bias == 0 ? 0 : bias + offset);
  }
}

/** The gradient over some samples of some quads of a window's numbers; and that of the bias, if any. */
function sumGradient<T>(record: usize, from: i32, to: i32, quad: i32, quadsEnd: i32, gradient: usize, bias: usize): void {
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const pixels = outputPixels(record);
  const step = samplesAtOnce(record);
  const last = (to * pixels + 3) & ~3;
  for (let sample = from; sample < to; sample += step) {
    const frames = framesOf<T>(record, sample, min(sample + step, to));
    const first = sample * pixels;
    const rows = min(step * pixels, last - first);
    for (let row = 0; row < rows; row += pixelsAtOnce) {
      const height = min(pixelsAtOnce, rows - row);
      const errors = address(record, 5) + <usize>(first + row) * zBytes;
      const adding = sample > from || row > 0;
      multiplyCells<T>(record, frames, row, height, errors, quad, quadsEnd, gradient, adding);
      if (bias != 0) sumRows<T>(errors, zBytes, bias, height, adding);
    }
  }
  // The last quad's numbers behind the window's last one.
  const numbers = windowNumbers(record);
  const cleared = min(quadsEnd << 2, (numbers + 3) & ~3) - numbers;
  if (cleared > 0) memory.fill(gradient + <usize>numbers * zBytes, 0, <usize>cleared * zBytes);
}

/** The same over some pixels of the frames. */
function multiplyCells<T>(
  record: usize,
  frames: usize,
  row: i32,
  rows: i32,
  errors: usize,
  quad: i32,
  quadsEnd: i32,
  gradient: usize,
  adding: bool,
): void {
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const pixels = tableOfPixels(record) + ((<usize>row) << 2);
  const pixelsEnd = pixels + ((<usize>rows) << 2);
  const cells = tableOfCells(record);
  const startStride = adding ? zBytes : 0;
  const startNext = adding ? panelBytes : 0;
  const step = columnsAtOnce<T>(rows);
  for (let column = 0; column < zStride; column += step) {
    const columns = min(step, zStride - column);
    const offset = <usize>column * sizeof<T>();
    const panels = panelsOf<T>(errors + offset, zStride, columns, rows);
    const count = columns / (2 * lanes<T>());
    for (let number = quad; number < quadsEnd; number++) {
      const target = gradient + <usize>(number << 2) * zBytes + offset;
      const start = adding ? target : zeros;
      const places = cells + ((<usize>number) << 4);
      cellsByPanels<T>(frames, places, pixels, pixelsEnd, panels, start, startStride, startNext, target, zBytes, count);
    }
  }
}

/** The sums of a matrix's columns, [added to what is there,] every fourth row in a chain of its own. */
function sumRows<T>(matrix: usize, bytes: usize, sums: usize, rows: i32, adding: bool): void {
  const end = <usize>rows * bytes;
  for (let column: usize = 0; column < bytes; column += 16) {
    let sum0 = v128.splat<T>(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let place = matrix + column; place < matrix + end; place += 4 * bytes) {
      sum0 = v128.add<T>(sum0, v128.load(place));
      sum1 = v128.add<T>(sum1, v128.load(place + bytes));
      sum2 = v128.add<T>(sum2, v128.load(place + 2 * bytes));
      sum3 = v128.add<T>(sum3, v128.load(place + 3 * bytes));
    }
    const sum = v128.add<T>(v128.add<T>(sum0, sum1), v128.add<T>(sum2, sum3));
    v128.store(sums + column, adding ? v128.add<T>(v128.load(sums + column), sum) : sum);
  }
}

/** Adds up blocks' gradients, in their order; this thread's share. Whole numbers: gradient, blocks, their distance in bytes, bytes of the gradient. */
export function addBlocks<T>(record: usize): void {
  const gradient = address(record, 0);
  const distance = address(record, 2);
  const count = <usize>((Context.samples + Context.blockSamples - 1) / Context.blockSamples);
  const vectors = integer(record, 3) >> 4;
  const from = <usize>((vectors * Context.thread) / Context.threads) << 4;
  const to = <usize>((vectors * (Context.thread + 1)) / Context.threads) << 4;
  for (let place = from; place < to; place += 16) {
    let block = address(record, 1) + place;
    let sum = v128.load(block);
    for (let number: usize = 1; number < count; number++) {
      block += distance;
      sum = v128.add<T>(sum, v128.load(block));
    }
    v128.store(gradient + place, sum);
  }
}
