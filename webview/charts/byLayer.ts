/** Each layer's value from input to output at the chosen step, over the prediction and the first step. */
import type { Intents } from '../page/intents.ts';
import {
  chosenRow,
  drawnRuns,
  hasRows,
  litLayer,
  runLabel,
  selectedRun,
  shownMetric,
  shownThreshold,
} from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import { depthColours } from '../theme/scales.ts';
import type { Theme } from '../theme/theme.ts';
import { chosenPoints, describeByLayer, pointsAt, predictedPoints, type LayerPoint } from './byLayerData.ts';
import { Memory, type ChartView, type Frame } from './chartView.ts';
import { layerAxis } from './layerAxis.ts';
import { Legend, type LegendEntry } from './legend.ts';
import { dashes, drawBands, drawChip, drawRing, drawThreshold, line } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot, type Marks } from './plot.ts';
import { positionOn, type ValueAxis } from './valueAxis.ts';
import { runsAxis } from './valueAxisOf.ts';
import { element } from '../page/dom.ts';

/** Above this, points touch each other and a line says more. */
const mostDots = 80;

export class ByLayerChart implements ChartView {
  readonly root: HTMLElement;
  private readonly plot = new Plot('by-layer-chart');
  private readonly legend = new Legend();
  private readonly memory = new Memory();
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

  plots(): { name: string; plot: Plot }[] {
    return [{ name: 'by-layer', plot: this.plot }];
  }

  render(frame: Frame): void {
    this.frame = frame;
    const { state, theme } = frame;
    const runs = drawnRuns(state).filter(hasRows);
    const [run] = runs;
    if (run === undefined) return;
    const metric = shownMetric(state);
    const rows = runs.map((each) => chosenRow(state, each));
    if (this.memory.isNew(theme, metric, shownThreshold(state), ...runs, ...rows)) this.drawBase(frame, runs);
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
      const bounds = prediction
        .flatMap(({ low, high, median }) => [low, high, median])
        .filter(Number.isFinite);
      // While its line is dragged the axis must not run away from under the pointer.
      const kept = state.draftThreshold === undefined ? threshold : run.header.thresholds.threshold;
      this.axis = runsAxis(runs, metric, threshold === undefined ? undefined : kept, bounds);
    }
    const { axis } = this;
    const points = chosenPoints(state, run, metric);
    const longest = runs.reduce(
      (best, each) => (each.header.layers.length > best.length ? each.header.layers : best),
      layers,
    );
    const width = this.plot.root.clientWidth - 70;
    const datasets: Marks[] = [
      ...runs.map((each, index) =>
        measuredLine(chosenPoints(state, each, metric), axis, theme, {
          colours: runs.length === 1 ? depthColours(theme.depth, layers.length) : undefined,
          colour: theme.runs[index % theme.runs.length] ?? theme.foreground,
          dash: dashes[index % dashes.length] ?? [],
          threshold,
          explode: metric.id === 'norm' ? each.header.thresholds.explode : undefined,
        }),
      ),
      ...(runs.length === 1 ? [ghostLine(pointsAt(run, 0, metric), axis, theme)] : []),
      ...predictionBand(prediction, axis, theme),
    ];
    this.plot.draw(
      {
        x: layerAxis(longest, width),
        y: { from: axis.bottom, to: axis.top, ticks: axis.ticks },
        datasets,
        behind: (plot, context) => drawBands(plot, context, axis, theme),
      },
      theme,
    );
    const step = run.recording.rows.steps[chosenRow(state, run)];
    this.plot.describe(describeByLayer(layers, points, metric, step, threshold));
    this.legend.show(this.legendEntries(frame, runs, step, prediction.length > 0));
  }

  private legendEntries(
    { theme }: Frame,
    runs: readonly ShownRun[],
    step: number | undefined,
    predicted: boolean,
  ): LegendEntry[] {
    const measured = runs.map(({ header }, index): LegendEntry => ({
      mark: 'line',
      colour:
        runs.length === 1 ? theme.foreground : (theme.runs[index % theme.runs.length] ?? theme.foreground),
      dash: dashes[index % dashes.length] ?? [],
      text: runs.length === 1 ? `at step ${step ?? 0}` : runLabel(header),
    }));
    return [
      ...measured,
      ...(runs.length === 1
        ? [{ mark: 'line', colour: theme.muted, dash: [2, 3], text: 'at the first step' } as const]
        : []),
      ...(predicted
        ? [{ mark: 'band', colour: theme.accent, dash: [], text: 'predicted, 10–90 %' } as const]
        : []),
    ];
  }

  private drawAbove({ state, theme }: Frame, run: ShownRun): void {
    const { plot, axis } = this;
    if (axis === undefined) return;
    const metric = shownMetric(state);
    const threshold = shownThreshold(state);
    const lit = run.header.layers.findIndex(({ name }) => name === litLayer(state));
    const point = chosenPoints(state, run, metric).find(({ layer }) => layer === lit);
    plot.drawOverlay((context) => {
      if (threshold !== undefined) drawThreshold(plot, context, axis, threshold, theme);
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

interface MeasuredStyle {
  /** One a layer, where a single run is shown. */
  readonly colours: readonly string[] | undefined;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly threshold: number | undefined;
  readonly explode: number | undefined;
}

function measuredLine(
  points: readonly LayerPoint[],
  axis: ValueAxis,
  theme: Theme,
  { colours, colour, dash, threshold, explode }: MeasuredStyle,
): Marks {
  const isBelow = ({ value }: LayerPoint): boolean => threshold !== undefined && value < threshold;
  const isAbove = ({ value }: LayerPoint): boolean => explode !== undefined && value > explode;
  const isFew = points.length <= mostDots;
  return {
    type: 'line',
    data: points.map(({ layer, value }) => ({ x: layer, y: positionOn(axis, value) })),
    borderColor: colours === undefined ? colour : withAlpha(theme.foreground, 0.6),
    borderDash: [...dash],
    borderWidth: 1.5,
    // Below and above are told by the shape as well.
    pointStyle: points.map((point) => (isBelow(point) || isAbove(point) ? 'triangle' : 'circle')),
    pointRotation: points.map((point) => (isBelow(point) ? 180 : 0)),
    pointRadius: isFew ? points.map((point) => (isBelow(point) || isAbove(point) ? 5.5 : 4)) : 0,
    pointBackgroundColor: points.map(({ layer }) => colours?.[layer] ?? colour),
    pointBorderColor: points.map((point) =>
      isBelow(point) || isAbove(point) ? theme.warning : theme.background,
    ),
    pointBorderWidth: 1.25,
    clip: false,
  };
}

function ghostLine(points: readonly LayerPoint[], axis: ValueAxis, theme: Theme): Marks {
  return {
    type: 'line',
    data: points.map(({ layer, value }) => ({ x: layer, y: positionOn(axis, value) })),
    borderColor: theme.muted,
    borderDash: [2, 3],
    borderWidth: 1.25,
    pointRadius: points.length <= mostDots ? 2.5 : 0,
    pointBackgroundColor: theme.background,
    pointBorderColor: theme.muted,
  };
}

function predictionBand(
  prediction: ReturnType<typeof predictedPoints>,
  axis: ValueAxis,
  theme: Theme,
): Marks[] {
  if (prediction.length === 0) return [];
  const through = (read: (point: (typeof prediction)[number]) => number): { x: number; y: number }[] =>
    prediction.map((point) => ({ x: point.layer, y: positionOn(axis, read(point)) }));
  const colour = theme.accent;
  const common = { type: 'line', pointRadius: 0, borderWidth: 0 } as const;
  return [
    {
      ...common,
      data: through(({ median }) => median),
      borderColor: withAlpha(colour, 0.8),
      borderDash: [4, 3],
      borderWidth: 1,
    },
    { ...common, data: through(({ high }) => high), fill: '+1', backgroundColor: withAlpha(colour, 0.18) },
    { ...common, data: through(({ low }) => low) },
  ];
}
