/** The whole run at one glance: layers down, steps across, colour by size. A panel for each run, on the same colours. */
import { element } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { drawnRuns, hasRows, shownMetric } from '../state/selectors.ts';
import { Memory, type ChartView, type Frame, type NamedPlot } from './chartView.ts';
import { mapDomain, type MapDomain } from './mapData.ts';
import { MapPanel } from './mapPanel.ts';
import { metricSeries } from './series.ts';

export class MapChart implements ChartView {
  readonly root = element('div', { class: 'chart panels' });
  private readonly intents: Intents;
  private readonly panels: MapPanel[] = [];
  private readonly memory = new Memory();
  private domain: MapDomain | undefined;

  constructor(intents: Intents) {
    this.intents = intents;
  }

  plots(): readonly NamedPlot[] {
    return this.panels.map(({ plot, legend }, index) => ({
      name: index === 0 ? 'map' : `map-${index + 1}`,
      plot,
      keys: legend.keys(),
    }));
  }

  render(frame: Frame): void {
    const runs = drawnRuns(frame.state).filter(hasRows);
    while (this.panels.length < runs.length) this.panels.push(new MapPanel(this.intents, this.panels.length));
    this.panels.length = runs.length;
    if (this.root.childElementCount !== runs.length)
      this.root.replaceChildren(...this.panels.map(({ root }) => root));
    const metric = shownMetric(frame.state);
    if (this.memory.isNew(metric, ...runs)) {
      const lists = runs.flatMap((run) => metricSeries(run, metric).map(({ values }) => values));
      this.domain = mapDomain(lists, metric.scale);
    }
    const { domain } = this;
    if (domain === undefined) return;
    for (const [index, run] of runs.entries()) this.panels[index]?.render(frame, run, runs, domain);
  }
}
