/** The whole run at one glance: layers down, steps across, colour by size. A panel for each run, on the same colours. */
import { element } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { drawnRuns, hasRows } from '../state/selectors.ts';
import type { ChartView, Frame } from './chartView.ts';
import { MapPanel } from './mapPanel.ts';
import type { Plot } from './plot.ts';

export class MapChart implements ChartView {
  readonly root = element('div', { class: 'chart panels' });
  private readonly intents: Intents;
  private readonly panels: MapPanel[] = [];

  constructor(intents: Intents) {
    this.intents = intents;
  }

  plots(): { name: string; plot: Plot }[] {
    return this.panels.map(({ plot }, index) => ({ name: index === 0 ? 'map' : `map-${index + 1}`, plot }));
  }

  render(frame: Frame): void {
    const runs = drawnRuns(frame.state).filter(hasRows);
    while (this.panels.length < runs.length) this.panels.push(new MapPanel(this.intents, this.panels.length));
    this.panels.length = runs.length;
    if (this.root.childElementCount !== runs.length)
      this.root.replaceChildren(...this.panels.map(({ root }) => root));
    for (const [index, run] of runs.entries()) this.panels[index]?.render(frame, run, runs);
  }
}
