/**
 * Images in their frames, from which convolutions read their windows. Whole numbers of a record: x, x's stride, channels from 0 on,
 * then from 8 on: frames or 0, output pixels a sample, samples at once, tables of pixels, of cells (and how many numbers a window has)
 * and of pieces (and how many), bytes of a frame, pixels of an image, lines and columns of it that lie in the frame, all its columns,
 * bytes of a frame's line, to the image's first pixel, and of a pixel.
 */
import { frameAlignment } from './codes';
import { address, Context, integer } from './context';
import { addNumbers, copyNumbers } from './vectors';

@inline
export function outputPixels(record: usize): i32 {
  return integer(record, 9);
}

@inline
export function samplesAtOnce(record: usize): i32 {
  return integer(record, 10);
}

/** The windows' places, bytes from the first frame on. */
@inline
export function tableOfPixels(record: usize): usize {
  return address(record, 11);
}

/** The places of a window's numbers, bytes from its first one on; the last is repeated to whole quads. */
@inline
export function tableOfCells(record: usize): usize {
  return address(record, 12);
}

@inline
export function windowNumbers(record: usize): i32 {
  return integer(record, 13);
}

/** A window's pieces: bytes of each, and bytes from its end to the next. */
@inline
export function tableOfPieces(record: usize): usize {
  return address(record, 14);
}

@inline
export function windowPieces(record: usize): i32 {
  return integer(record, 15);
}

/** Where the frames of the samples from `sample` on lie; filled with the images of those before `end`. */
export function framesOf<T>(record: usize, sample: i32, end: i32): usize {
  const frames = emptyFrames(record, sample);
  if (address(record, 8) != 0) moveImages<T>(record, frames, sample, end, false);
  return frames;
}

/** The same without images: this thread's working space, whose borders are zero, or the images themselves. */
export function emptyFrames(record: usize, sample: i32): usize {
  const frames = address(record, 8);
  const bytes = address(record, 16);
  if (frames == 0) return address(record, 0) + <usize>sample * bytes;
  const all = <usize>samplesAtOnce(record) * bytes;
  return frames + <usize>Context.thread * ((all + frameAlignment - 1) & ~(frameAlignment - 1));
}

/** Moves the images of samples into their frames, or adds what is in the frames to the images. */
export function moveImages<T>(record: usize, frames: usize, sample: i32, end: i32, back: bool): void {
  const xBytes = <usize>integer(record, 1) * sizeof<T>();
  const pixelBytes = <usize>integer(record, 2) * sizeof<T>();
  const lines = integer(record, 18);
  const columns = integer(record, 19);
  const imageLine = <usize>integer(record, 20) * xBytes;
  const frameLine = address(record, 21);
  const framePixel = address(record, 23);
  // Without padding between its pixels, a line is one piece.
  const whole = pixelBytes == xBytes && pixelBytes == framePixel;
  const pieces = whole ? 1 : columns;
  const bytes = whole ? <usize>columns * pixelBytes : pixelBytes;
  for (let number = sample; number < end; number++) {
    let line = address(record, 0) + <usize>number * <usize>integer(record, 17) * xBytes;
    let place = frames + address(record, 22);
    for (let y = 0; y < lines; y++) {
      for (let piece: usize = 0; piece < <usize>pieces; piece++) {
        if (back) addNumbers<T>(line + piece * xBytes, place + piece * framePixel, bytes);
        else copyNumbers<T>(place + piece * framePixel, line + piece * xBytes, bytes);
      }
      line += imageLine;
      place += frameLine;
    }
    frames += address(record, 16);
  }
}
