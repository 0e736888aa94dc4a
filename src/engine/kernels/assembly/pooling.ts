/** Poolings over windows and over whole images or sequences. All work on vectors of channels. */
import { address, Context, integer } from './context';
import { clearPadding } from './padding';
import { constant } from './vectors';
import { inputPixel, readWindow, Window } from './windows';

/** The number of a cell in every lane, as an integer as wide as T. */
@inline
function cellNumber<T>(cell: i32): v128 {
  if (sizeof<T>() == 4) return i32x4.splat(cell);
  return i64x2.splat(<i64>cell);
}

@inline
function sameCell<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.eq(a, b);
  return i64x2.eq(a, b);
}

/**
 * The largest entry of each window and which cell it is: the first of equals, as in PyTorch; padding never wins.
 * Whole numbers: x, y, stride, cells of the largest, then the window's twelve sizes from number 4 on.
 */
export function maximumPool<T>(record: usize): void {
  readWindow(record, 4);
  const bytes = <usize>integer(record, 2) * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const inputs = <usize>(Window.height * Window.width);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const x = address(record, 0) + <usize>sample * inputs * bytes;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const place = <usize>(sample * pixels + pixel) * bytes;
      for (let offset: usize = 0; offset < bytes; offset += 16) {
        let best = constant<T>(-Infinity);
        let winner = cellNumber<T>(0);
        let cell = 0;
        for (let row = 0; row < Window.kernelHeight; row++) {
          for (let column = 0; column < Window.kernelWidth; column++, cell++) {
            const input = inputPixel(pixel, row, column);
            if (input < 0) continue;
            const value = v128.load(x + <usize>input * bytes + offset);
            // Also where the value is not a number: it must not be hidden.
            const better = v128.not(v128.le<T>(value, best));
            best = v128.bitselect(value, best, better);
            winner = v128.bitselect(cellNumber<T>(cell), winner, better);
          }
        }
        v128.store(address(record, 1) + place + offset, best);
        v128.store(address(record, 3) + place + offset, winner);
      }
    }
  }
  clearPadding<T>(address(record, 1), pixels, integer(record, 2));
}

/** The error of each window goes to its largest entry; numbers as in `maximumPool` with errors for values, and 16: whether to add. */
export function maximumPoolError<T>(record: usize): void {
  readWindow(record, 4);
  const bytes = <usize>integer(record, 2) * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const inputs = Window.height * Window.width;
  startErrors<T>(address(record, 0), inputs, bytes, integer(record, 16) != 0);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const x = address(record, 0) + <usize>(sample * inputs) * bytes;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const place = <usize>(sample * pixels + pixel) * bytes;
      for (let offset: usize = 0; offset < bytes; offset += 16) {
        const error = v128.load(address(record, 1) + place + offset);
        const winner = v128.load(address(record, 3) + place + offset);
        let cell = 0;
        for (let row = 0; row < Window.kernelHeight; row++) {
          for (let column = 0; column < Window.kernelWidth; column++, cell++) {
            const input = inputPixel(pixel, row, column);
            if (input < 0) continue;
            const target = x + <usize>input * bytes + offset;
            const share = v128.and(error, sameCell<T>(winner, cellNumber<T>(cell)));
            v128.store(target, v128.add<T>(v128.load(target), share));
          }
        }
      }
    }
  }
}

/** The mean of each window, padding counted as zeros as in PyTorch. Whole numbers: x, y, stride, –, the window's sizes from 4 on. */
export function averagePool<T>(record: usize): void {
  readWindow(record, 4);
  const bytes = <usize>integer(record, 2) * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const inputs = Window.height * Window.width;
  const area = constant<T>(<f64>(Window.kernelHeight * Window.kernelWidth));
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const x = address(record, 0) + <usize>(sample * inputs) * bytes;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const y = address(record, 1) + <usize>(sample * pixels + pixel) * bytes;
      for (let offset: usize = 0; offset < bytes; offset += 16) {
        let sum = v128.splat<T>(0);
        for (let row = 0; row < Window.kernelHeight; row++) {
          for (let column = 0; column < Window.kernelWidth; column++) {
            const input = inputPixel(pixel, row, column);
            if (input >= 0) sum = v128.add<T>(sum, v128.load(x + <usize>input * bytes + offset));
          }
        }
        v128.store(y + offset, v128.div<T>(sum, area));
      }
    }
  }
  clearPadding<T>(address(record, 1), pixels, integer(record, 2));
}

/** Each window's error in equal parts to its cells; numbers as in `averagePool` with errors for values, and 16: whether to add. */
export function averagePoolError<T>(record: usize): void {
  readWindow(record, 4);
  const bytes = <usize>integer(record, 2) * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const inputs = Window.height * Window.width;
  const area = constant<T>(<f64>(Window.kernelHeight * Window.kernelWidth));
  startErrors<T>(address(record, 0), inputs, bytes, integer(record, 16) != 0);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const x = address(record, 0) + <usize>(sample * inputs) * bytes;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const y = address(record, 1) + <usize>(sample * pixels + pixel) * bytes;
      for (let offset: usize = 0; offset < bytes; offset += 16) {
        const share = v128.div<T>(v128.load(y + offset), area);
        for (let row = 0; row < Window.kernelHeight; row++) {
          for (let column = 0; column < Window.kernelWidth; column++) {
            const input = inputPixel(pixel, row, column);
            if (input < 0) continue;
            const target = x + <usize>input * bytes + offset;
            v128.store(target, v128.add<T>(v128.load(target), share));
          }
        }
      }
    }
  }
}

/** Errors that are added up from windows start at zero, or at what others wrote. The padding rows stay zero. */
export function startErrors<T>(errors: usize, rowsPerSample: i32, bytes: usize, adding: bool): void {
  if (adding) return;
  const first = <usize>(Context.sampleFrom * rowsPerSample) * bytes;
  const last = <usize>((Context.sampleTo * rowsPerSample + 3) & ~3) * bytes;
  memory.fill(errors + first, 0, last - first);
}

/** The mean of a sample's rows. Whole numbers: x, y, rows a sample, stride. */
export function globalPool<T>(record: usize): void {
  const rows = integer(record, 2);
  const bytes = <usize>integer(record, 3) * sizeof<T>();
  const count = constant<T>(<f64>rows);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    for (let offset: usize = 0; offset < bytes; offset += 16) {
      let sum = v128.splat<T>(0);
      let place = address(record, 0) + <usize>(sample * rows) * bytes + offset;
      for (let row = 0; row < rows; row++) {
        sum = v128.add<T>(sum, v128.load(place));
        place += bytes;
      }
      v128.store(address(record, 1) + <usize>sample * bytes + offset, v128.div<T>(sum, count));
    }
  }
  clearPadding<T>(address(record, 1), 1, integer(record, 3));
}

/** The mean's error in equal parts to the rows. Whole numbers: ∂L/∂x, ∂L/∂y, rows a sample, stride, whether to add. */
export function globalPoolError<T>(record: usize): void {
  const rows = integer(record, 2);
  const bytes = <usize>integer(record, 3) * sizeof<T>();
  const count = constant<T>(<f64>rows);
  const adding = integer(record, 4) != 0;
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    for (let offset: usize = 0; offset < bytes; offset += 16) {
      const share = v128.div<T>(v128.load(address(record, 1) + <usize>sample * bytes + offset), count);
      let place = address(record, 0) + <usize>(sample * rows) * bytes + offset;
      for (let row = 0; row < rows; row++) {
        v128.store(place, adding ? v128.add<T>(v128.load(place), share) : share);
        place += bytes;
      }
    }
  }
  clearPadding<T>(address(record, 0), rows, integer(record, 3));
}
