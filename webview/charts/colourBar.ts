/** A bar of a colour scale between what its ends stand for. */
import { element, setText } from '../page/dom.ts';
import { toHex } from '../theme/colour.ts';
import type { ColourScale } from '../theme/scales.ts';
import type { PictureKey } from './picture.ts';

const width = 120;
const height = 10;

export class ColourBar {
  readonly root: HTMLElement;
  private readonly low = element('span');
  private readonly high = element('span');
  private readonly bar = element('canvas', {
    'width': String(width),
    'height': String(height),
    'aria-hidden': 'true',
  });
  private scale: ColourScale | undefined;

  constructor() {
    this.root = element('div', { class: 'colour-bar' }, this.low, this.bar, this.high);
  }

  /** The same for a picture. */
  key(): PictureKey {
    return {
      before: this.low.textContent,
      width,
      after: this.high.textContent,
      paint: (context) => context.drawImage(this.bar, 0, 0),
    };
  }

  show(scale: ColourScale, low: string, high: string): void {
    setText(this.low, low);
    setText(this.high, high);
    if (scale === this.scale) return;
    this.scale = scale;
    const context = this.bar.getContext('2d');
    if (context === null) throw new Error('There is no canvas to draw a legend on.');
    for (let x = 0; x < width; x += 1) {
      context.fillStyle = toHex(scale(x / (width - 1)));
      context.fillRect(x, 0, 1, height);
    }
  }
}
