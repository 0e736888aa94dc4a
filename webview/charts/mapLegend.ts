/** What the colours of the map mean. */
import type { Metric } from '../../src/analysis/metrics.ts';
import { element, setText } from '../page/dom.ts';
import type { Theme } from '../theme/theme.ts';
import { toHex } from '../theme/colour.ts';
import { Legend } from './legend.ts';
import type { MapCells, MapDomain } from './mapData.ts';

const barWidth = 120;
const barHeight = 10;

export class MapLegend {
  readonly root: HTMLElement;
  private readonly low = element('span');
  private readonly high = element('span');
  private readonly bar = element('canvas', {
    'width': String(barWidth),
    'height': String(barHeight),
    'aria-hidden': 'true',
  });
  private readonly marks = new Legend();

  constructor() {
    this.root = element('div', { class: 'map-legend' }, this.low, this.bar, this.high, this.marks.root);
  }

  show(cells: MapCells, domain: MapDomain, metric: Metric, theme: Theme): void {
    const read = (end: number): string => metric.format(domain.scale === 'logarithmic' ? 10 ** end : end);
    setText(this.low, read(domain.low));
    setText(this.high, read(domain.high));
    const context = this.bar.getContext('2d');
    if (context === null) throw new Error('There is no canvas to draw a legend on.');
    for (let x = 0; x < barWidth; x += 1) {
      context.fillStyle = toHex(theme.norm(x / (barWidth - 1)));
      context.fillRect(x, 0, 1, barHeight);
    }
    this.marks.show([
      ...(cells.hasZeros
        ? [{ mark: 'hatch', colour: theme.muted, dash: [], text: 'exactly 0' } as const]
        : []),
      ...(cells.hasNotFinite
        ? [{ mark: 'box', colour: theme.error, dash: [], text: 'not finite' } as const]
        : []),
    ]);
  }
}
