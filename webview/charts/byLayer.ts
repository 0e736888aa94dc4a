/** Each layer's value from input to output at the chosen step, over the prediction and the first step. */
import type { Metric } from '../../src/analysis/metrics.ts';
import { formatCount } from '../../src/analysis/numbers.ts';
import type { Intents } from '../page/intents.ts';
import {
  chosenRow,
  drawnRuns,
  hasRows,
  litLayer,
  selectedRun,
  shownMetric,
  shownThreshold,
} from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import { depthColours } from '../theme/scales.ts';
import { chosenPoints, describeByLayer, pointsAt, predictedPoints } from './byLayerData.ts';
import { Memory, type ChartView, type Frame, type NamedPlot } from './chartView.ts';
import { layerAxis } from './layerAxis.ts';
import {
  byLayerLegend,
  drawMeasured,
  drawSeedsBand,
  ghostLine,
  predictionBand,
  runColour,
} from './byLayerMarks.ts';
import { Legend } from './legend.ts';
import { dashes, drawBands, drawChip, drawRing, drawThreshold, line } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot } from './plot.ts';
import { positionOn, type ValueAxis } from './valueAxis.ts';
import { bandsAt, bandsInWords, seedBounds } from './seedBands.ts';
import { runsAxis } from './valueAxisOf.ts';
import { markOf } from '../table/rows.ts';
import { element } from '../page/dom.ts';

export class ByLayerChart implements ChartView {
  readonly root: HTMLElement;
  private readonly plot = new Plot('by-layer-chart');
  private readonly legend = new Legend();
  private readonly memory = new Memory();
  private readonly rowMemory = new Memory();
  private readonly axisMemory = new Memory();
  private axis: ValueAxis | undefined;
  private frame: Frame | undefined;

  constructor(intents: Intents) {
    this.root = element('div', { class: 'chart' }, this.legend.root, this.plot.root);
    this.plot.onResize(() => this.redraw());
    followPointer(this.plot, intents, {
      axis: () => this.axis,
      threshold: () => this.frame && shownThreshold(this.frame.state),
      layerAt: (x) => this.layerAt(x),
    });
  }

  plots(): readonly NamedPlot[] {
    return [{ name: 'by-layer', plot: this.plot, keys: this.legend.keys() }];
  }

  render(frame: Frame): void {
    this.frame = frame;
    const { state, theme } = frame;
    const runs = drawnRuns(state).filter(hasRows);
    const [run] = runs;
    if (run === undefined) return;
    const metric = shownMetric(state);
    const rows = runs.map((each) => chosenRow(state, each));
    const isNew = this.memory.isNew(theme, metric, shownThreshold(state), ...runs);
    const isMoved = this.rowMemory.isNew(...rows);
    if (isNew) this.drawBase(frame, runs);
    else if (isMoved) this.plot.redraw();
    if (isNew || isMoved) this.sayWhat(frame, runs, run);
    this.drawAbove(frame, run);
  }

  private redraw(): void {
    this.memory.forget();
    if (this.frame !== undefined) this.render(this.frame);
  }

  private drawBase(frame: Frame, runs: readonly ShownRun[]): void {
    const { state, theme } = frame;
    const [run] = runs;
    if (run === undefined) return;
    const metric = shownMetric(state);
    const threshold = shownThreshold(state);
    const { layers } = run.header;
    const prediction = predictedPoints(layers, run.header.prediction, metric);
    const isAxisNew = this.axisMemory.isNew(metric, threshold, ...runs);
    if (isAxisNew || this.axis === undefined) {
      const predicted = prediction.flatMap(({ low, high, median }) => [low, high, median]);
      const bounds = [...predicted, ...runs.flatMap((each) => seedBounds(each, metric))].filter(
        Number.isFinite,
      );
      // While its line is dragged the axis must not run away from under the pointer.
      const kept = state.draftThreshold === undefined ? threshold : run.header.thresholds.threshold;
      this.axis = runsAxis(runs, metric, threshold === undefined ? undefined : kept, bounds);
    }
    const { axis } = this;
    const longest = runs.reduce(
      (best, each) => (each.header.layers.length > best.length ? each.header.layers : best),
      layers,
    );
    this.plot.draw(
      {
        x: layerAxis(longest, this.plot.width - 70),
        y: { from: axis.bottom, to: axis.top, ticks: axis.ticks },
        datasets: [
          ...(runs.length === 1 ? [ghostLine(pointsAt(run, 0, metric), axis, theme)] : []),
          ...predictionBand(prediction, axis, theme),
        ],
        behind: (plot, context) => drawBands(plot, context, axis, theme),
        above: (_, context) => this.drawMeasured(context, runs, axis, theme),
      },
      theme,
    );
  }

  /** The runs' values at the step that is chosen now. */
  private drawMeasured(
    context: CanvasRenderingContext2D,
    runs: readonly ShownRun[],
    axis: ValueAxis,
    theme: Theme,
  ): void {
    const { state } = this.frame ?? {};
    if (state === undefined) return;
    const metric = shownMetric(state);
    const threshold = shownThreshold(state);
    // Its words must not cover a point.
    if (threshold !== undefined) drawThreshold(this.plot, context, axis, threshold, theme);
    // The selected run lies on top.
    for (const [index, run] of [...runs.entries()].toReversed()) {
      const colour = runColour(runs, index, theme);
      drawSeedsBand(this.plot, context, bandsAt(run, chosenRow(state, run), metric), axis, colour);
      drawMeasured(this.plot, context, chosenPoints(state, run, metric), axis, theme, {
        colours: runs.length === 1 ? depthColours(theme.depth, run.header.layers.length) : undefined,
        colour,
        dash: dashes[index % dashes.length] ?? [],
        threshold,
        explode: explodeOf(run, metric),
      });
    }
  }

  private sayWhat({ state, theme }: Frame, runs: readonly ShownRun[], run: ShownRun): void {
    const metric = shownMetric(state);
    const threshold = shownThreshold(state);
    const { layers } = run.header;
    const points = chosenPoints(state, run, metric);
    const step = run.recording.rows.steps[chosenRow(state, run)];
    const bands = bandsAt(run, chosenRow(state, run), metric);
    const inWords = bandsInWords(run, bands, metric);
    this.plot.describe(describeByLayer(layers, points, metric, step, threshold, inWords));
    const isPredicted = predictedPoints(layers, run.header.prediction, metric).length > 0;
    const marked = points.map(({ value }) => markOf(value, threshold, explodeOf(run, metric)));
    this.legend.show(byLayerLegend(runs, `at step ${formatCount(step ?? 0)}`, isPredicted, marked, theme));
  }

  private drawAbove({ state, theme }: Frame, run: ShownRun): void {
    const { plot, axis } = this;
    if (axis === undefined) return;
    const metric = shownMetric(state);
    const lit = run.header.layers.findIndex(({ name }) => name === litLayer(state));
    const point = chosenPoints(state, run, metric).find(({ layer }) => layer === lit);
    plot.drawOverlay((context) => {
      const { area } = plot;
      if (lit < 0 || area === undefined) return;
      const x = plot.x(lit);
      context.setLineDash([]);
      context.strokeStyle = withAlpha(theme.foreground, 0.35);
      context.lineWidth = 1;
      line(context, x, area.top, x, area.bottom);
      if (point === undefined) return;
      const y = plot.y(positionOn(axis, point.value));
      const colours = depthColours(theme.depth, run.header.layers.length);
      drawRing(context, x, y, colours[lit] ?? theme.accent, theme);
      drawChip(
        plot,
        context,
        `${run.header.layers[lit]?.name ?? ''}  ${metric.format(point.value)}`,
        { x, y },
        theme,
      );
    });
  }

  private layerAt(x: number): string | undefined {
    const run = this.frame && selectedRun(this.frame.state);
    return run?.header.layers[Math.round(this.plot.xAt(x))]?.name;
  }
}

/** The limit above which a gradient norm is marked; other metrics have none. */
function explodeOf(run: ShownRun, metric: Metric): number | undefined {
  return metric.id === 'norm' ? run.header.thresholds.explode : undefined;
}
