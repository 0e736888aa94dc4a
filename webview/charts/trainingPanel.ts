/** The lines of one run: a line a layer, coloured by depth, dashed too in high contrast. */
import { formatCount } from '../../src/analysis/numbers.ts';
import { element, setText } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import {
  chosenRow,
  litLayer,
  nearestRow,
  runLabel,
  shownMetric,
  shownThreshold,
} from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import { depthColours } from '../theme/scales.ts';
import { Memory, type Frame } from './chartView.ts';
import { shortenedNames, shortName } from './layerAxis.ts';
import {
  dashes,
  drawBands,
  drawChip,
  drawCursor,
  drawRing,
  drawThreshold,
  drawVeil,
  haloText,
} from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot, type Marks } from './plot.ts';
import { metricSeries } from './series.ts';
import { seedsLabel } from './seedBands.ts';
import { stepAxis } from './stepAxis.ts';
import { rowsPerMedian } from './thin.ts';
import {
  describeTraining,
  layerLine,
  layerLines,
  nearestLayer,
  placeLabels,
  type LayerLine,
  type LineChoice,
} from './trainingData.ts';
import { positionOn, type ValueAxis } from './valueAxis.ts';

/** Room for names beside the lines, where the plot is wide enough for it. */
const labelMargin = 78;
const widthForLabels = 420;
/** Lines up to which every step is drawn behind the medians. */
const mostFaintLines = 12;
/** Pixels from a line at which the pointer still means it. */
const reach = 24;

export class TrainingPanel {
  readonly root: HTMLElement;
  readonly plot: Plot;
  private readonly title = element('h3', { class: 'panel-title' });
  private readonly note = element('p', { 'class': 'note', 'data-testid': 'line-note' });
  private readonly memory = new Memory();
  private axis: ValueAxis | undefined;
  private frame: Frame | undefined;
  private run: ShownRun | undefined;
  private runs: readonly ShownRun[] = [];

  constructor(intents: Intents, index: number) {
    this.plot = new Plot(index === 0 ? 'training-chart' : `training-chart-${index + 1}`);
    this.root = element('div', { class: 'panel' }, this.title, this.plot.root, this.note);
    this.plot.onResize(() => this.redraw());
    followPointer(this.plot, intents, {
      axis: () => this.axis,
      threshold: () => this.frame && shownThreshold(this.frame.state),
      layerAt: (x, y) => this.layerAt(x, y),
      stepAt: (x) => this.stepAt(x),
    });
  }

  render(frame: Frame, run: ShownRun, axis: ValueAxis, runs: readonly ShownRun[]): void {
    this.frame = frame;
    this.run = run;
    this.axis = axis;
    this.runs = runs;
    if (this.memory.isNew(frame.theme, shownMetric(frame.state), axis, run, runs.length))
      this.drawBase(frame, run, axis);
    this.drawAbove(frame, run, axis);
  }

  private redraw(): void {
    this.memory.forget();
    if (this.frame && this.run && this.axis) this.render(this.frame, this.run, this.axis, this.runs);
  }

  private drawBase({ state, theme }: Frame, run: ShownRun, axis: ValueAxis): void {
    const { plot } = this;
    const width = plot.width - 70;
    const x = stepAxis(this.runs, width);
    const metric = shownMetric(state);
    const shown = layerLines(run, metric, axis, Math.max(50, width), x);
    const colours = depthColours(theme.depth, run.header.layers.length);
    const datasets = shown.lines.flatMap((line, index) => {
      const colour = colours[line.layer] ?? theme.foreground;
      return marksOf(line, index, colour, shown.lines.length, theme);
    });
    const isWide = plot.width >= widthForLabels;
    plot.draw(
      {
        x,
        y: { from: axis.bottom, to: axis.top, ticks: axis.ticks },
        datasets,
        rightMargin: isWide ? labelMargin : 10,
        behind: (_, context) => {
          drawBands(plot, context, axis, theme);
          if (isWide) this.drawNames(context, run, shown.lines, colours, theme);
        },
      },
      theme,
    );
    plot.describe(describeTraining(run, metric, axis, shown));
    setText(this.title, this.runs.length > 1 ? runLabel(run.header) : '');
    setText(this.note, noteOf(shown, run, metric.name, theme));
  }

  private drawNames(
    context: CanvasRenderingContext2D,
    run: ShownRun,
    lines: readonly LayerLine[],
    colours: readonly string[],
    theme: Frame['theme'],
  ): void {
    const { plot } = this;
    const { area } = plot;
    if (area === undefined) return;
    const names = shortenedNames(
      run.header.layers.map(({ name }) => name),
      lines.map(({ layer }) => layer),
    );
    const labels = lines.flatMap(({ layer, medians }, index) => {
      const last = medians.at(-1);
      const text = shortName(names[index]?.label ?? '', 11);
      return last === undefined
        ? []
        : [{ y: plot.y(last.y), text, colour: colours[layer] ?? theme.foreground }];
    });
    const lastStep = run.recording.rows.steps.at(-1) ?? 0;
    const x = Math.min(area.right, plot.x(lastStep)) + 6;
    for (const { y, text, colour } of placeLabels(labels, 13)) {
      context.fillStyle = colour;
      context.fillRect(x, y - 1, 8, 2.5);
      haloText(context, text, x + 12, y, theme, theme.muted);
    }
  }

  private drawAbove({ state, theme }: Frame, run: ShownRun, axis: ValueAxis): void {
    const { plot } = this;
    const metric = shownMetric(state);
    const threshold = shownThreshold(state);
    const row = chosenRow(state, run);
    const step = run.recording.rows.steps[row];
    const layers = run.header.layers;
    const lit = layers.findIndex(({ name }) => name === litLayer(state));
    const value = metricSeries(run, metric).find(({ layer }) => layer === lit)?.values[row];
    plot.drawOverlay((context) => {
      const { area } = plot;
      if (value !== undefined) drawVeil(plot, context, theme);
      if (threshold !== undefined) drawThreshold(plot, context, axis, threshold, theme);
      if (area === undefined || step === undefined) return;
      drawCursor(plot, context, step, theme);
      if (value === undefined) return;
      const colour = depthColours(theme.depth, layers.length)[lit] ?? theme.accent;
      const x = stepAxis(this.runs, 1);
      const litLine = layerLine(run, lit, metric, axis, Math.max(50, area.right - area.left), x);
      if (litLine !== undefined) {
        fillBand(context, plot, litLine.band, colour, theme);
        strokeLine(context, plot, litLine.points, withAlpha(colour, 0.7), 1);
        strokeLine(context, plot, litLine.medians, theme.background, 5);
        strokeLine(context, plot, litLine.medians, colour, 2.5);
      }
      const at = { x: plot.x(step), y: plot.y(positionOn(axis, value)) };
      drawRing(context, at.x, at.y, colour, theme);
      const name = layers[lit]?.name ?? '';
      drawChip(plot, context, `${name}  ${metric.format(value)}  at step ${formatCount(step)}`, at, theme);
    });
  }

  private stepAt(x: number): number | undefined {
    const steps = this.run?.recording.rows.steps;
    return steps?.[nearestRow(steps, this.plot.xAt(x))];
  }

  private layerAt(x: number, y: number): string | undefined {
    const { run, axis, frame, plot } = this;
    if (!run || !axis || !frame) return undefined;
    const row = nearestRow(run.recording.rows.steps, plot.xAt(x));
    const position = plot.yAt(y);
    const far = Math.abs(plot.yAt(y + reach) - position);
    const layer = nearestLayer(run, row, shownMetric(frame.state), axis, position, far);
    return layer === undefined ? undefined : run.header.layers[layer]?.name;
  }
}

/** The medians of a line, and behind them, where lines are few enough for that, the band over seeds, or every step, faintly. */
function marksOf(
  { medians, points, band }: LayerLine,
  index: number,
  colour: string,
  lines: number,
  theme: Frame['theme'],
): Marks[] {
  const isFaintShown = lines <= mostFaintLines && !theme.highContrast && medians.length < points.length;
  const main: Marks = {
    type: 'line',
    data: [...medians],
    borderColor: colour,
    borderWidth: lines <= 20 ? 2 : 1.25,
    borderDash: theme.highContrast ? [...(dashes[index % dashes.length] ?? [])] : [],
    borderJoinStyle: 'round',
    // A single row is no line yet.
    pointRadius: medians.length === 1 ? 3 : 0,
    pointBackgroundColor: colour,
    order: 0,
  };
  if (band.length > 0) return showsEveryBand(lines, theme) ? [main, ...bandMarks(band, colour)] : [main];
  if (!isFaintShown) return [main];
  const faint: Marks = {
    type: 'line',
    data: [...points],
    borderColor: withAlpha(colour, 0.16),
    borderWidth: 1,
    pointRadius: 0,
    order: 1,
  };
  return [main, faint];
}

/** Bands of many lines cover each other, and in high contrast all of them are alike: then only a lit layer has one. */
function showsEveryBand(lines: number, theme: Frame['theme']): boolean {
  return lines <= mostFaintLines && !theme.highContrast;
}

function bandMarks(band: LayerLine['band'], colour: string): Marks[] {
  const edge = { type: 'line', pointRadius: 0, borderWidth: 0, order: 2 } as const;
  return [
    {
      ...edge,
      data: band.map(({ x, high }) => ({ x, y: high })),
      fill: '+1',
      backgroundColor: withAlpha(colour, 0.12),
    },
    { ...edge, data: band.map(({ x, low }) => ({ x, y: low })) },
  ];
}

/** The band of the lit layer, above all others. */
function fillBand(
  context: CanvasRenderingContext2D,
  plot: Plot,
  band: LayerLine['band'],
  colour: string,
  theme: Frame['theme'],
): void {
  if (band.length === 0) return;
  context.setLineDash([]);
  context.beginPath();
  for (const { x, high } of band) context.lineTo(plot.x(x), plot.y(high));
  for (const { x, low } of band.toReversed()) context.lineTo(plot.x(x), plot.y(low));
  context.closePath();
  context.fillStyle = withAlpha(colour, 0.25);
  context.fill();
  if (!theme.highContrast) return;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
}

function strokeLine(
  context: CanvasRenderingContext2D,
  plot: Plot,
  points: LayerLine['medians'],
  colour: string,
  width: number,
): void {
  context.setLineDash([]);
  context.lineJoin = 'round';
  context.beginPath();
  for (const { x, y } of points) context.lineTo(plot.x(x), plot.y(y));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** How to read the lines, and what was left out, in words. */
function noteOf({ lines, layers }: LineChoice, run: ShownRun, metric: string, theme: Frame['theme']): string {
  const isEachShown = showsEveryBand(lines.length, theme);
  const all = run.header.layers.length;
  const { steps } = run.recording.rows;
  const rows = rowsPerMedian(steps.length);
  const done = (steps.at(-1) ?? -1) + 1;
  const notes = [
    ...(run.seeds.length === 0
      ? []
      : [
          `Line: seed ${run.header.seeds?.shown ?? 1}. ${isEachShown ? 'Band' : 'Band of a lit layer'}: ${seedsLabel(run)}.`,
        ]),
    ...(steps.length < done
      ? [
          `${formatCount(steps.length)} of ${formatCount(done)} steps are kept; the smallest and the largest are of every recorded one.`,
        ]
      : []),
    ...(rows > 1 ? [`Medians of ${rows} steps; a lit layer shows each.`] : []),
    ...(lines.length < layers
      ? [`Showing ${lines.length} of ${formatCount(layers)} lines; the map shows every layer.`]
      : []),
    ...(layers < all
      ? [`${formatCount(all - layers)} of ${formatCount(all)} layers have no ${metric}.`]
      : []),
  ];
  return notes.join(' ');
}
