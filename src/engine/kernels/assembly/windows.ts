/** The geometry of convolutions and poolings: which input pixel a window's cell lies on. Sequences are images of width 1. */
import { integer } from './context';

/** Sizes of one windowed layer, read from twelve whole numbers of a record. */
export class Window {
  static height: i32 = 0;
  static width: i32 = 0;
  static outHeight: i32 = 0;
  static outWidth: i32 = 0;
  static kernelHeight: i32 = 0;
  static kernelWidth: i32 = 0;
  static strideHeight: i32 = 0;
  static strideWidth: i32 = 0;
  static paddingHeight: i32 = 0;
  static paddingWidth: i32 = 0;
  static dilationHeight: i32 = 0;
  static dilationWidth: i32 = 0;
}

/** Reads the sizes from the whole numbers of the record from `first` on. */
export function readWindow(record: usize, first: i32): void {
  Window.height = integer(record, first);
  Window.width = integer(record, first + 1);
  Window.outHeight = integer(record, first + 2);
  Window.outWidth = integer(record, first + 3);
  Window.kernelHeight = integer(record, first + 4);
  Window.kernelWidth = integer(record, first + 5);
  Window.strideHeight = integer(record, first + 6);
  Window.strideWidth = integer(record, first + 7);
  Window.paddingHeight = integer(record, first + 8);
  Window.paddingWidth = integer(record, first + 9);
  Window.dilationHeight = integer(record, first + 10);
  Window.dilationWidth = integer(record, first + 11);
}

/** The input pixel under cell (row, column) of the window of output pixel `pixel`, or −1 in the padding. */
@inline
export function inputPixel(pixel: i32, row: i32, column: i32): i32 {
  const y = (pixel / Window.outWidth) * Window.strideHeight - Window.paddingHeight + row * Window.dilationHeight;
  const x = (pixel % Window.outWidth) * Window.strideWidth - Window.paddingWidth + column * Window.dilationWidth;
  if (<u32>y >= <u32>Window.height || <u32>x >= <u32>Window.width) return -1;
  return y * Window.width + x;
}
