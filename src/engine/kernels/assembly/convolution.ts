/**
 * Convolutions (cross-correlations, as in PyTorch) as matrix products over patches. A patch is a row with the window's cells
 * one behind the other, each with its channels, padded to the depth of the weights; patches exist only tile by tile.
 */
import { address, Context, endRow, firstRow, integer } from './context';
import { clearPadding } from './padding';
import { patchTileBytes, tileSlack } from './codes';
import { sumColumns } from './dense';
import { startErrors } from './pooling';
import { multiplyRows, multiplyTransposed, packingFor, transposed } from './products';
import { readWindow, Window } from './windows';

/**
 * Rows of a tile. Whole numbers of every record here: x, x's stride, channels, W [depth x filters], bias or 0, z, z's stride,
 * depth, tile, the window's sizes from 9 on, 21: whether to add.
 */
@inline
function rowsOfTile<T>(depth: i32): i32 {
  return max(4, (patchTileBytes / (depth * sizeof<T>())) & ~3);
}

/** This thread's tile: as large as the planner made them. */
@inline
function ownTile<T>(record: usize): usize {
  const bytes = max(patchTileBytes, 4 * integer(record, 7) * sizeof<T>());
  return address(record, 8) + <usize>((bytes + tileSlack) * Context.thread);
}

/** z = patches(x) W + b. */
export function convolve<T>(record: usize): void {
  readWindow(record, 9);
  const depth = integer(record, 7);
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const patchBytes = <usize>depth * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const tile = ownTile<T>(record);
  const step = rowsOfTile<T>(depth);
  const last = endRow(pixels);
  for (let row = firstRow(pixels); row < last; row += step) {
    const rows = min(step, last - row);
    packPatches<T>(record, tile, row, rows);
    multiplyRows<T>(
      tile,
      patchBytes,
      address(record, 3),
      zBytes,
      packingFor(rows),
      address(record, 5) + <usize>row * zBytes,
      zBytes,
      rows,
      zStride,
      depth,
      address(record, 4),
      false,
    );
  }
  clearPadding<T>(address(record, 5), pixels, zStride);
}

/** ∂L/∂x: ∂L/∂patches = ∂L/∂z Wᵀ, each cell added to the pixel that it lies on. Numbers as above with errors for x and z. */
export function convolveError<T>(record: usize): void {
  readWindow(record, 9);
  const depth = integer(record, 7);
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const patchBytes = <usize>depth * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const tile = ownTile<T>(record);
  const step = rowsOfTile<T>(depth);
  const last = endRow(pixels);
  const xBytes = <usize>integer(record, 1) * sizeof<T>();
  startErrors<T>(address(record, 0), Window.height * Window.width, xBytes, integer(record, 21) != 0);
  for (let row = firstRow(pixels); row < last; row += step) {
    const rows = min(step, last - row);
    multiplyRows<T>(
      address(record, 5) + <usize>row * zBytes,
      zBytes,
      address(record, 3),
      zBytes,
      transposed,
      tile,
      patchBytes,
      rows,
      depth,
      zStride,
      0,
      false,
    );
    walkPatches<T>(record, tile, row, min(rows, Context.sampleTo * pixels - row), true);
  }
}

/**
 * ∂L/∂W = patchesᵀ ∂L/∂z and ∂L/∂b; this thread's share of the window's cells. Numbers as above with ∂L/∂W, ∂L/∂b, ∂L/∂z for W, b, z;
 * the tile is then this thread's own.
 */
export function convolutionGradient<T>(record: usize): void {
  readWindow(record, 9);
  const depth = integer(record, 7);
  const zStride = integer(record, 6);
  const zBytes = <usize>zStride * sizeof<T>();
  const patchBytes = <usize>depth * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const tile = ownTile<T>(record);
  const step = rowsOfTile<T>(depth);
  const last = (Context.samples * pixels + 3) & ~3;
  const tiles = depth >> 2;
  const from = ((tiles * Context.thread) / Context.threads) << 2;
  const to = ((tiles * (Context.thread + 1)) / Context.threads) << 2;
  for (let row = 0; row < last; row += step) {
    const rows = min(step, last - row);
    packPatches<T>(record, tile, row, rows);
    multiplyTransposed<T>(
      tile + <usize>from * sizeof<T>(),
      patchBytes,
      address(record, 5) + <usize>row * zBytes,
      zBytes,
      address(record, 3) + <usize>from * zBytes,
      zBytes,
      to - from,
      zStride,
      rows,
      row > 0,
    );
  }
  const bias = address(record, 4);
  if (bias != 0 && Context.thread == Context.threads - 1) {
    sumColumns<T>(address(record, 5), zBytes, bias, zStride, last, false);
  }
}

/**
 * Walks over the patches of output pixels `row` … `row + rows` of the batch, line by line of the window: packing copies the
 * pixels of x to the tile, cells beside the image are zero; spreading adds the tile's cells to the pixels that they lie on.
 */
function walkPatches<T>(record: usize, tile: usize, row: i32, rows: i32, spreading: bool): void {
  const xStride = integer(record, 1);
  const channels = integer(record, 2);
  const xBytes = <usize>xStride * sizeof<T>();
  const patchBytes = <usize>integer(record, 7) * sizeof<T>();
  const cellBytes = <usize>channels * sizeof<T>();
  // What does not change between patches is read once: V8 takes it from memory at every use otherwise.
  const height = Window.height;
  const width = Window.width;
  const outHeight = Window.outHeight;
  const outWidth = Window.outWidth;
  const kernelHeight = Window.kernelHeight;
  const kernelWidth = Window.kernelWidth;
  const strideWidth = Window.strideWidth;
  const dilationHeight = Window.dilationHeight;
  const lineBytes = <usize>kernelWidth * cellBytes;
  const imageLine = <usize>width * xBytes;
  // A line of cells lies in one piece where neighbouring pixels do.
  const inOnePiece = channels == xStride && Window.dilationWidth == 1;
  const pixel = row % (outHeight * outWidth);
  let outRow = pixel / outWidth;
  let outColumn = pixel % outWidth;
  let image = address(record, 0) + <usize>(row / (outHeight * outWidth)) * <usize>height * imageLine;
  let patch = tile;
  for (const end = tile + <usize>rows * patchBytes; patch < end; patch += patchBytes) {
    const top = outRow * Window.strideHeight - Window.paddingHeight;
    const left = outColumn * strideWidth - Window.paddingWidth;
    const whole = inOnePiece && left >= 0 && left + kernelWidth <= width;
    let place = patch;
    let y = top;
    for (let cellRow = 0; cellRow < kernelHeight; cellRow++) {
      const line = image + <usize>y * imageLine;
      const inside = <u32>y < <u32>height;
      if (spreading) {
        if (inside && whole) addNumbers<T>(line + <usize>left * xBytes, place, lineBytes);
        else if (inside) spreadLine<T>(place, line, left, xBytes, cellBytes);
      } else if (!inside) fillZeros<T>(place, lineBytes);
      else if (whole) copyVectors(place, line + <usize>left * xBytes, lineBytes);
      else packLine<T>(place, line, left, xBytes, cellBytes);
      place += lineBytes;
      y += dilationHeight;
    }
    if (!spreading) zeroVectors(place, patch + patchBytes);
    if (++outColumn == outWidth) {
      outColumn = 0;
      if (++outRow == outHeight) {
        outRow = 0;
        image += <usize>height * imageLine;
      }
    }
  }
}

/** Packs patches; those behind the last sample are zero. */
function packPatches<T>(record: usize, tile: usize, row: i32, rows: i32): void {
  const patchBytes = <usize>integer(record, 7) * sizeof<T>();
  const present = max(min(rows, Context.samples * Window.outHeight * Window.outWidth - row), 0);
  walkPatches<T>(record, tile, row, present, false);
  memory.fill(tile + <usize>present * patchBytes, 0, <usize>(rows - present) * patchBytes);
}

/** One line of a patch, cell by cell: those beside the image are zero. */
function packLine<T>(place: usize, line: usize, left: i32, xBytes: usize, cellBytes: usize): void {
  for (let cell = 0; cell < Window.kernelWidth; cell++) {
    const column = left + cell * Window.dilationWidth;
    if (<u32>column < <u32>Window.width) copyNumbers<T>(place, line + <usize>column * xBytes, cellBytes);
    else fillZeros<T>(place, cellBytes);
    place += cellBytes;
  }
}

/** Adds one line of a patch, cell by cell, but for those beside the image. */
function spreadLine<T>(place: usize, line: usize, left: i32, xBytes: usize, cellBytes: usize): void {
  for (let cell = 0; cell < Window.kernelWidth; cell++) {
    const column = left + cell * Window.dilationWidth;
    if (<u32>column < <u32>Window.width) addNumbers<T>(line + <usize>column * xBytes, place, cellBytes);
    place += cellBytes;
  }
}

/** Copies whole vectors, and so up to 15 bytes more: what follows in a patch is written later, behind the tile is room. */
@inline
function copyVectors(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

/** Zeros in whole vectors, likewise. */
@inline
function zeroVectors(from: usize, to: usize): void {
  for (let at = from; at < to; at += 16) v128.store(at, i32x4.splat(0));
}

@inline
function copyNumbers<T>(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += sizeof<T>()) store<T>(to + at, load<T>(from + at));
}

@inline
function fillZeros<T>(to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += sizeof<T>()) store<T>(to + at, <T>0);
}

@inline
function addNumbers<T>(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.add<T>(v128.load(to + at), v128.load(from + at)));
  for (; at < bytes; at += sizeof<T>()) store<T>(to + at, load<T>(to + at) + load<T>(from + at));
}
