/** The map's cells as pixels. */
import { parseColour, type Rgb } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import { cellMissing, cellNotFinite, cellZero, type MapCells } from './mapData.ts';

/** One pixel a cell; exact zeros stay clear, to be hatched when it is drawn. */
export function mapImage(cells: MapCells, theme: Theme): OffscreenCanvas {
  const image = new ImageData(cells.columns, cells.rows);
  const palette = Array.from({ length: 256 }, (_, index) => theme.norm(index / 255));
  const error = parseColour(theme.error) ?? [1, 0, 0];
  for (const [cell, share] of cells.shares.entries()) {
    if (share === cellZero || share === cellMissing) continue;
    const colour = share === cellNotFinite ? error : (palette[Math.round(share * 255)] ?? error);
    write(image.data, cell * 4, colour);
  }
  const canvas = new OffscreenCanvas(cells.columns, cells.rows);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

function write(data: Uint8ClampedArray, at: number, [red, green, blue]: Rgb): void {
  data[at] = red * 255;
  data[at + 1] = green * 255;
  data[at + 2] = blue * 255;
  data[at + 3] = 255;
}

/** Hatches the cells of exact zeros, a row's neighbours in one stroke. */
export function hatchZeros(
  context: CanvasRenderingContext2D,
  cells: MapCells,
  area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  theme: Theme,
): void {
  const [cellWidth, cellHeight] = [area.width / cells.columns, area.height / cells.rows];
  context.beginPath();
  for (let row = 0; row < cells.rows; row += 1) {
    let begin = -1;
    for (let column = 0; column <= cells.columns; column += 1) {
      const isZero = column < cells.columns && cells.shares[row * cells.columns + column] === cellZero;
      if (isZero && begin < 0) begin = column;
      if (isZero || begin < 0) continue;
      context.rect(
        area.left + begin * cellWidth,
        area.top + row * cellHeight,
        (column - begin) * cellWidth,
        cellHeight,
      );
      begin = -1;
    }
  }
  context.fillStyle = hatchPattern(context, theme) ?? theme.muted;
  context.fill();
}

/** Slanting lines. */
export function hatchPattern(
  context: CanvasRenderingContext2D,
  theme: Theme,
  colour = theme.muted,
): CanvasPattern | null {
  const tile = new OffscreenCanvas(6, 6);
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, 6);
    pen.lineTo(shift + 6, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}
