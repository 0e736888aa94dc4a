/** What the lines of a chart mean: a small swatch and a word each. */
import { element, setText } from '../page/dom.ts';
import { markHeight, markPaths, markWidth, type LegendEntry, type MarkPath } from './legendMarks.ts';
import type { PictureKey } from './picture.ts';

const svg = 'http://www.w3.org/2000/svg';

export class Legend {
  readonly root = element('ul', { class: 'legend' });
  private entries: readonly LegendEntry[] = [];
  private shown = '';
  private texts: readonly HTMLElement[] = [];

  show(entries: readonly LegendEntry[]): void {
    this.entries = entries;
    const marks = JSON.stringify(entries.map(({ mark, colour, dash }) => [mark, colour, dash]));
    if (marks !== this.shown) {
      this.shown = marks;
      this.texts = entries.map(({ text }) => element('span', {}, text));
      const items = entries.map((entry, index) => element('li', {}, swatch(entry), this.texts[index] ?? ''));
      this.root.replaceChildren(...items);
    }
    // A step in it changes with every frame, the swatches do not.
    for (const [index, { text }] of entries.entries()) {
      const target = this.texts[index];
      if (target !== undefined) setText(target, text);
    }
  }

  /** The same for a picture. */
  keys(): readonly PictureKey[] {
    return this.entries.map((entry) => ({
      before: '',
      width: markWidth,
      after: entry.text,
      paint: (context) => paintMark(context, entry),
    }));
  }
}

function swatch(entry: LegendEntry): SVGElement {
  const picture = shape('svg', {
    'width': String(markWidth),
    'height': String(markHeight),
    'aria-hidden': 'true',
  });
  picture.append(...markPaths(entry).map((path) => shape('path', attributesOf(path, entry.colour))));
  return picture;
}

function attributesOf(
  { path, fill, stroke, width = 1, dash = [] }: MarkPath,
  colour: string,
): Readonly<Record<string, string>> {
  return {
    d: path,
    ...(fill === undefined ? { fill: 'none' } : { 'fill': colour, 'fill-opacity': String(fill) }),
    ...(stroke === undefined
      ? {}
      : {
          'stroke': colour,
          'stroke-opacity': String(stroke),
          'stroke-width': String(width),
          'stroke-dasharray': dash.join(' '),
        }),
  };
}

function shape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const created = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  return created;
}

/** Draws a mark in the box at the context's origin. */
function paintMark(context: CanvasRenderingContext2D, entry: LegendEntry): void {
  const marks = markPaths(entry).map((mark) => ({ ...mark, outline: new Path2D(mark.path) }));
  for (const { outline, fill, stroke, width = 1, dash = [] } of marks) {
    context.fillStyle = entry.colour;
    context.strokeStyle = entry.colour;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.globalAlpha = fill ?? 0;
    if (fill !== undefined) context.fill(outline);
    context.globalAlpha = stroke ?? 0;
    if (stroke !== undefined) context.stroke(outline);
  }
  context.globalAlpha = 1;
}
