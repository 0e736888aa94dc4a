/** What the lines of a chart mean: a small swatch and a word each. */
import { element, setText } from '../page/dom.ts';

export interface LegendEntry {
  readonly mark: 'line' | 'band' | 'range' | 'box' | 'hatch' | 'outline' | 'below' | 'above';
  readonly colour: string;
  readonly dash: readonly number[];
  readonly text: string;
}

const svg = 'http://www.w3.org/2000/svg';

export class Legend {
  readonly root = element('ul', { class: 'legend' });
  private shown = '';
  private texts: readonly HTMLElement[] = [];

  show(entries: readonly LegendEntry[]): void {
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
}

function swatch({ mark, colour, dash }: LegendEntry): SVGElement {
  const picture = shape('svg', { 'width': '22', 'height': '10', 'aria-hidden': 'true' });
  switch (mark) {
    case 'line':
      picture.append(
        shape('line', {
          'x1': '0',
          'y1': '5',
          'x2': '22',
          'y2': '5',
          'stroke': colour,
          'stroke-width': '2',
          'stroke-dasharray': dash.join(' '),
        }),
      );
      break;
    case 'band':
      picture.append(
        shape('rect', { 'width': '22', 'height': '10', 'fill': colour, 'fill-opacity': '0.25' }),
        shape('line', {
          'x1': '0',
          'y1': '5',
          'x2': '22',
          'y2': '5',
          'stroke': colour,
          'stroke-dasharray': '4 3',
        }),
      );
      break;
    case 'range':
      picture.append(
        shape('rect', {
          'x': '0.5',
          'y': '0.5',
          'width': '21',
          'height': '9',
          'fill': colour,
          'fill-opacity': '0.16',
          'stroke': colour,
          'stroke-opacity': '0.35',
        }),
      );
      break;
    case 'box':
      picture.append(shape('rect', { x: '6', width: '10', height: '10', fill: colour }));
      break;
    case 'outline':
      picture.append(
        shape('rect', {
          'x': '7',
          'y': '1',
          'width': '8',
          'height': '8',
          'fill': 'none',
          'stroke': colour,
          'stroke-width': '2',
        }),
      );
      break;
    case 'below':
      picture.append(shape('path', { d: 'M6 1H16L11 9Z', stroke: colour, fill: 'none' }));
      break;
    case 'above':
      picture.append(shape('path', { d: 'M6 9H16L11 1Z', stroke: colour, fill: 'none' }));
      break;
    case 'hatch':
      picture.append(
        shape('rect', { x: '6.5', y: '0.5', width: '9', height: '9', fill: 'none', stroke: colour }),
        shape('path', { d: 'M6 10L16 0M6 5L11 0M11 10L16 5', stroke: colour }),
      );
      break;
    default:
      throw new Error(`Unknown mark ${String(mark satisfies never)}`);
  }
  return picture;
}

function shape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const created = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  return created;
}
