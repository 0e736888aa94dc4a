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
import { inputPixel, readWindow, Window } from './windows';


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
    spreadPatches<T>(record, tile, row, min(rows, Context.sampleTo * pixels - row));
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

/** Writes the patches of output pixels `row` … `row + rows` of the batch; what is behind the last sample is zero. */
function packPatches<T>(record: usize, tile: usize, row: i32, rows: i32): void {
  const xStride = integer(record, 1);
  const channels = integer(record, 2);
  const xBytes = <usize>xStride * sizeof<T>();
  const patchBytes = <usize>integer(record, 7) * sizeof<T>();
  const cellBytes = <usize>channels * sizeof<T>();
  const lineBytes = <usize>Window.kernelWidth * cellBytes;
  const pixels = Window.outHeight * Window.outWidth;
  const sampleBytes = <usize>(Window.height * Window.width) * xBytes;
  const filled = <usize>Window.kernelHeight * lineBytes;
  // A line of cells lies in one piece where neighbouring pixels do.
  const inOnePiece = channels == xStride && Window.dilationWidth == 1;
  const lastRow = min(row + rows, Context.samples * pixels);
  let pixel = row % pixels;
  let x = address(record, 0) + <usize>(row / pixels) * sampleBytes;
  let patch = tile;
  for (let global = row; global < lastRow; global++) {
    const top = (pixel / Window.outWidth) * Window.strideHeight - Window.paddingHeight;
    const left = (pixel % Window.outWidth) * Window.strideWidth - Window.paddingWidth;
    const whole = inOnePiece && left >= 0 && left + Window.kernelWidth <= Window.width;
    let place = patch;
    for (let cellRow = 0; cellRow < Window.kernelHeight; cellRow++) {
      const y = top + cellRow * Window.dilationHeight;
      if (<u32>y >= <u32>Window.height) fillZeros<T>(place, lineBytes);
      else if (whole) copyVectors(place, x + <usize>(y * Window.width + left) * xBytes, lineBytes);
      else packLine<T>(place, x + <usize>(y * Window.width) * xBytes, left, xBytes, cellBytes);
      place += lineBytes;
    }
    fillZeros<T>(place, patchBytes - filled);
    patch += patchBytes;
    if (++pixel == pixels) {
      pixel = 0;
      x += sampleBytes;
    }
  }
  const padding = row + rows - max(lastRow, row);
  if (padding > 0) memory.fill(patch, 0, <usize>padding * patchBytes);
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

/** Copies whole vectors, and so up to 15 bytes more: what follows in a patch is written later, behind the tile is room. */
@inline
function copyVectors(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

/** Adds the tile's cells to the pixels of ∂L/∂x that they lie on. */
function spreadPatches<T>(record: usize, tile: usize, row: i32, rows: i32): void {
  const channels = <usize>integer(record, 2);
  const xBytes = <usize>integer(record, 1) * sizeof<T>();
  const patchBytes = <usize>integer(record, 7) * sizeof<T>();
  const cellBytes = channels * sizeof<T>();
  const pixels = Window.outHeight * Window.outWidth;
  const inputs = Window.height * Window.width;
  for (let index = 0; index < rows; index++) {
    const global = row + index;
    const x = address(record, 0) + <usize>((global / pixels) * inputs) * xBytes;
    let patch = tile + <usize>index * patchBytes;
    for (let cellRow = 0; cellRow < Window.kernelHeight; cellRow++) {
      for (let cellColumn = 0; cellColumn < Window.kernelWidth; cellColumn++) {
        const input = inputPixel(global % pixels, cellRow, cellColumn);
        if (input >= 0) addNumbers<T>(x + <usize>input * xBytes, patch, cellBytes);
        patch += cellBytes;
      }
    }
  }
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
