/** What the colours of the map mean. */
import type { Metric } from '../../src/analysis/metrics.ts';
import { element } from '../page/dom.ts';
import type { Theme } from '../theme/theme.ts';
import { ColourBar } from './colourBar.ts';
import { Legend } from './legend.ts';
import type { PictureKey } from './picture.ts';
import type { MapCells, MapDomain } from './mapData.ts';

export class MapLegend {
  readonly root: HTMLElement;
  private readonly bar = new ColourBar();
  private readonly marks = new Legend();

  constructor() {
    this.root = element('div', { class: 'map-legend' }, this.bar.root, this.marks.root);
  }

  /** The same for a picture. */
  keys(): readonly PictureKey[] {
    return [this.bar.key(), ...this.marks.keys()];
  }

  show(cells: MapCells, domain: MapDomain, metric: Metric, theme: Theme): void {
    const read = (end: number): string => metric.format(domain.scale === 'logarithmic' ? 10 ** end : end);
    this.bar.show(theme.norm, read(domain.low), read(domain.high));
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
