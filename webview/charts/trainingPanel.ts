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
import { ColourBar } from './colourBar.ts';
import { Memory, type Frame } from './chartView.ts';
import { shortenedNames, shortName } from './layerAxis.ts';
import {
  drawBands,
  drawChip,
  drawCursor,
  drawRing,
  drawThreshold,
  drawVeil,
  haloText,
  tracePath,
} from './marks.ts';
import { followPointer } from './pointer.ts';
import type { PictureKey } from './picture.ts';
import { Plot } from './plot.ts';
import { metricSeries } from './series.ts';
import { seedsLabel } from './seedBands.ts';
import { labelMargin, stepAxis, widthForLabels } from './stepAxis.ts';
import { rowsPerMedian, type LinePoint } from './thin.ts';
import {
  describeTraining,
  layerLine,
  layerLines,
  nearestLayer,
  placeLabels,
  type LayerLine,
  type LineChoice,
} from './trainingData.ts';
import { fillBand, marksOf, showsEveryBand } from './trainingMarks.ts';
import { positionOn, type ValueAxis } from './valueAxis.ts';

/** Pixels from a line at which the pointer still means it. */
const reach = 24;

export class TrainingPanel {
  readonly root: HTMLElement;
  readonly plot: Plot;
  private readonly title = element('h3', { class: 'panel-title' });
  private readonly note = element('p', { 'class': 'note', 'data-testid': 'line-note' });
  /** Tells depth where there is no room for names. */
  private readonly depth = new ColourBar();
  private readonly memory = new Memory();
  private readonly litMemory = new Memory();
  private litLine: LayerLine | undefined;
  private axis: ValueAxis | undefined;
  private frame: Frame | undefined;
  private run: ShownRun | undefined;
  private runs: readonly ShownRun[] = [];

  constructor(intents: Intents, index: number) {
    this.plot = new Plot(index === 0 ? 'training-chart' : `training-chart-${index + 1}`);
    this.root = element('div', { class: 'panel' }, this.title, this.plot.root, this.depth.root, this.note);
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

  /** The legend of its picture: names stand beside the lines where there is room, and depth is told otherwise. */
  keys(): readonly PictureKey[] {
    return this.depth.root.hidden ? [] : [this.depth.key()];
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
    this.depth.root.hidden = isWide || shown.lines.length < 2;
    const [first, last] = [shown.lines[0], shown.lines.at(-1)].map(
      (end) => run.header.layers[end?.layer ?? -1]?.name ?? '',
    );
    this.depth.show(theme.depth, shortName(first ?? '', 16), shortName(last ?? '', 16));
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
      const columns = Math.max(50, area.right - area.left);
      // While the step is moved the line stays as it is.
      if (this.litMemory.isNew(run, lit, metric, axis, columns, this.runs.length))
        this.litLine = layerLine(run, lit, metric, axis, columns, stepAxis(this.runs, 1));
      const { litLine } = this;
      if (litLine !== undefined) {
        fillBand(context, plot, litLine.band, colour, theme);
        const place = ({ x: at, y }: LinePoint): LinePoint => ({ x: plot.x(at), y: plot.y(y) });
        const medians = litLine.medians.map(place);
        tracePath(context, litLine.points.map(place), withAlpha(colour, 0.7), [], 1);
        tracePath(context, medians, theme.background, [], 5);
        tracePath(context, medians, colour, [], 2.5);
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
    ...(steps.length < done && run.isGlance !== true
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
