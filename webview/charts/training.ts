/** How each layer's value went over the run: a panel of lines for each run, and the loss of all of them below. */
import { element } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { drawnRuns, hasRows } from '../state/selectors.ts';
import { Memory, type ChartView, type Frame, type NamedPlot } from './chartView.ts';
import { LossPlot } from './loss.ts';
import { stepAxis } from './stepAxis.ts';
import { TrainingPanel } from './trainingPanel.ts';
import { seedBounds } from './seedBands.ts';
import { runsAxis } from './valueAxisOf.ts';
import { shownMetric, shownThreshold } from '../state/selectors.ts';
import type { ValueAxis } from './valueAxis.ts';

export class TrainingChart implements ChartView {
  readonly root: HTMLElement;
  private readonly intents: Intents;
  private readonly panels: TrainingPanel[] = [];
  private readonly panelRow = element('div', { class: 'panels' });
  private readonly loss: LossPlot;
  private readonly axisMemory = new Memory();
  private axis: ValueAxis | undefined;

  constructor(intents: Intents) {
    this.intents = intents;
    this.loss = new LossPlot(intents);
    this.root = element('div', { class: 'chart' }, this.panelRow, this.loss.root);
  }

  plots(): readonly NamedPlot[] {
    const panels = this.panels.map((panel, index) => ({
      name: index === 0 ? 'training' : `training-${index + 1}`,
      plot: panel.plot,
      keys: panel.keys(),
    }));
    return [...panels, { name: 'loss', plot: this.loss.plot, keys: [] }];
  }

  render(frame: Frame): void {
    const { state } = frame;
    const runs = drawnRuns(state).filter(hasRows);
    if (runs.length === 0) return;
    const metric = shownMetric(state);
    const threshold =
      state.draftThreshold === undefined ? shownThreshold(state) : runs[0]?.header.thresholds.threshold;
    const shown = shownThreshold(state) === undefined ? undefined : threshold;
    if (this.axisMemory.isNew(metric, shown, ...runs))
      this.axis = runsAxis(
        runs,
        metric,
        shown,
        runs.flatMap((run) => seedBounds(run, metric)),
      );
    this.fitPanels(runs.length);
    const { axis } = this;
    if (axis === undefined) return;
    for (const [index, run] of runs.entries()) this.panels[index]?.render(frame, run, axis, runs);
    this.loss.render(frame, runs, stepAxis(runs, this.loss.plot.width - 70, 'step'));
  }

  private fitPanels(count: number): void {
    while (this.panels.length < count) this.panels.push(new TrainingPanel(this.intents, this.panels.length));
    this.panels.length = count;
    const roots = this.panels.map(({ root }) => root);
    if (roots.length !== this.panelRow.childElementCount) this.panelRow.replaceChildren(...roots);
  }
}
