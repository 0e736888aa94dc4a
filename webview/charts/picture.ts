/** A chart as a picture to keep: what it shows, what its marks mean, and the plot as it looks. */
import { element } from '../page/dom.ts';
import type { Theme } from '../theme/theme.ts';
import { markHeight } from './legendMarks.ts';

/** One entry of a legend: a swatch `width` wide between two texts, either of which may be empty. */
export interface PictureKey {
  readonly before: string;
  readonly width: number;
  readonly after: string;
  /** Draws the swatch in the box at the context's origin. */
  paint(context: CanvasRenderingContext2D): void;
}

/** What a picture is made of; sizes in CSS pixels. */
export interface PictureParts {
  readonly title: string;
  readonly keys: readonly PictureKey[];
  /** One above the other. */
  readonly canvases: readonly HTMLCanvasElement[];
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for each of these. */
  readonly scale: number;
}

const margin = 8;
const titleHeight = 28;
const lineHeight = 18;
/** Between a swatch and its text, and between entries. */
const gap = 6;
const apart = 16;

/** The picture as a `data:` address of a PNG, on the theme's background. */
export function pictureOf(parts: PictureParts, theme: Theme): string {
  const { title, canvases, width, height, scale } = parts;
  const sheet = element('canvas');
  const context = contextOf(sheet);
  const legendFont = `12px ${theme.fontFamily}`;
  context.font = legendFont;
  const { places, bottom } = layOut(parts, (text) => context.measureText(text).width);
  sheet.width = Math.round(width * scale);
  sheet.height = Math.round((bottom + height) * scale);
  context.scale(scale, scale);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, bottom + height);
  context.textBaseline = 'middle';
  context.fillStyle = theme.foreground;
  context.font = `600 13px ${theme.fontFamily}`;
  context.fillText(title, margin, titleHeight / 2);
  context.font = legendFont;
  for (const { key, left, swatch, right, y } of places) {
    context.fillStyle = theme.muted;
    context.fillText(key.before, left, y);
    context.fillText(key.after, right, y);
    context.save();
    context.translate(swatch, y - markHeight / 2);
    key.paint(context);
    context.restore();
  }
  for (const canvas of canvases) context.drawImage(canvas, 0, bottom, width, height);
  return sheet.toDataURL('image/png');
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('There is no canvas to draw a picture on.');
  return context;
}

interface Place {
  readonly key: PictureKey;
  readonly left: number;
  readonly swatch: number;
  readonly right: number;
  readonly y: number;
}

/** Entries in lines below the title, as many beside each other as the width has room for. */
function layOut(
  { keys, width }: PictureParts,
  measure: (text: string) => number,
): { readonly places: readonly Place[]; readonly bottom: number } {
  const places: Place[] = [];
  let left = margin;
  let top = titleHeight;
  for (const key of keys) {
    const before = key.before === '' ? 0 : measure(key.before) + gap;
    const length = before + key.width + gap + measure(key.after);
    if (left > margin && left + length > width - margin) {
      left = margin;
      top += lineHeight;
    }
    const swatch = left + before;
    places.push({ key, left, swatch, right: swatch + key.width + gap, y: top + lineHeight / 2 });
    left += length + apart;
  }
  return { places, bottom: keys.length === 0 ? top : top + lineHeight };
}
