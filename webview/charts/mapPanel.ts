/** The map of one run. */
import { formatCount } from '../../src/analysis/numbers.ts';
import { element, setText } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { chosenRow, litLayer, nearestRow, runLabel, shownMetric } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { Memory, type Frame } from './chartView.ts';
import { characterWidth, shortenedNames, shortName, shownRows } from './layerAxis.ts';
import { hatchZeros, mapImage } from './mapImage.ts';
import { describeMap, mapCells, type MapDomain } from './mapData.ts';
import { MapLegend } from './mapLegend.ts';
import { drawChip } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot } from './plot.ts';
import { metricSeries } from './series.ts';
import { stepAxis } from './stepAxis.ts';

const rowHeight = 16;
const leastHeight = 240;
const mostHeight = 320;
/** Axis and padding around the cells. */
const around = 34;

export class MapPanel {
  readonly root: HTMLElement;
  readonly plot: Plot;
  private readonly title = element('h3', { class: 'panel-title' });
  readonly legend = new MapLegend();
  private readonly memory = new Memory();
  private shown: [Frame, ShownRun, readonly ShownRun[], MapDomain] | undefined;

  constructor(intents: Intents, index: number) {
    this.plot = new Plot(index === 0 ? 'map-chart' : `map-chart-${index + 1}`);
    this.root = element('div', { class: 'panel' }, this.title, this.plot.root, this.legend.root);
    this.plot.onResize(() => {
      this.memory.forget();
      if (this.shown !== undefined) this.render(...this.shown);
    });
    followPointer(this.plot, intents, { layerAt: (_, y) => this.layerAt(y), stepAt: (x) => this.stepAt(x) });
  }

  render(frame: Frame, run: ShownRun, runs: readonly ShownRun[], domain: MapDomain): void {
    this.shown = [frame, run, runs, domain];
    if (this.memory.isNew(frame.theme, domain, run, ...runs)) this.drawBase(frame, run, runs, domain);
    this.drawAbove(frame, run);
  }

  private drawBase(
    { state, theme }: Frame,
    run: ShownRun,
    runs: readonly ShownRun[],
    domain: MapDomain,
  ): void {
    const { plot } = this;
    const { layers } = run.header;
    const metric = shownMetric(state);
    const height = Math.min(mostHeight, Math.max(leastHeight, layers.length * rowHeight + around));
    plot.root.style.height = `${height}px`;
    const x = stepAxis(runs, plot.width - 70);
    const series = new Map(metricSeries(run, metric).map(({ layer, values }) => [layer, values]));
    const { steps } = run.recording.rows;
    const names = shortenedNames(
      layers.map(({ name }) => name),
      shownRows(layers.length, height - around),
    ).map(({ index, label }) => ({ at: index, label: shortName(label, mostCharacters(plot.width)) }));
    const cells = mapCells(
      {
        series: layers.map((_, layer) => series.get(layer)),
        steps,
        from: steps[0] ?? 0,
        to: steps.at(-1) ?? 0,
        domain,
      },
      Math.max(50, Math.floor((plot.width - 70) / 2)),
      height - around,
    );
    const image = mapImage(cells, theme);
    plot.draw(
      {
        x,
        y: {
          from: -0.5,
          to: layers.length - 0.5,
          reversed: true,
          grid: false,
          ticks: names,
          width: nameWidth(names),
        },
        datasets: [],
        behind: (_, context) => {
          if (plot.area === undefined) return;
          const { top, bottom } = plot.area;
          // A single step is as wide as the axis.
          const left = plot.x(steps.length > 1 ? (steps[0] ?? 0) : x.from);
          const right = plot.x(steps.length > 1 ? (steps.at(-1) ?? 0) : x.to);
          const area = { left, top, width: right - left, height: bottom - top };
          context.imageSmoothingEnabled = false;
          context.drawImage(image, area.left, area.top, area.width, area.height);
          if (cells.hasZeros) hatchZeros(context, cells, area, theme);
        },
      },
      theme,
    );
    plot.describe(describeMap(cells, layers.length, steps.length, metric.name));
    setText(this.title, runs.length > 1 ? runLabel(run.header) : '');
    this.legend.show(cells, domain, metric, theme);
  }

  private drawAbove({ state, theme }: Frame, run: ShownRun): void {
    const { plot } = this;
    const row = chosenRow(state, run);
    const step = run.recording.rows.steps[row];
    const { layers } = run.header;
    const lit = layers.findIndex(({ name }) => name === litLayer(state));
    const metric = shownMetric(state);
    plot.drawOverlay((context) => {
      const { area } = plot;
      if (area === undefined || step === undefined) return;
      outline(context, theme.background, theme.foreground, () => {
        context.moveTo(plot.x(step), area.top);
        context.lineTo(plot.x(step), area.bottom);
      });
      if (lit < 0) return;
      const [top, bottom] = [plot.y(lit - 0.5), plot.y(lit + 0.5)];
      outline(context, theme.background, theme.foreground, () =>
        context.rect(area.left, top, area.right - area.left, Math.max(2, bottom - top)),
      );
      const value = metricSeries(run, metric).find(({ layer }) => layer === lit)?.values[row];
      if (value === undefined) return;
      const text = `${layers[lit]?.name ?? ''}  ${metric.format(value)}  at step ${formatCount(step)}`;
      drawChip(plot, context, text, { x: plot.x(step), y: (top + bottom) / 2 }, theme);
    });
  }

  private stepAt(x: number): number | undefined {
    const steps = this.shown?.[1].recording.rows.steps;
    return steps?.[nearestRow(steps, this.plot.xAt(x))];
  }

  private layerAt(y: number): string | undefined {
    return this.shown?.[1].header.layers[Math.round(this.plot.yAt(y))]?.name;
  }
}

/** Characters of a layer's name for which a map of a width has room. */
function mostCharacters(width: number): number {
  return Math.max(9, Math.min(16, Math.floor(width / 40)));
}

/** Pixels for the names beside the map; short ones leave it as wide as the other charts. */
function nameWidth(names: readonly { readonly label: string }[]): number {
  return Math.max(58, ...names.map(({ label }) => label.length * characterWidth + 2));
}

/** A line with a rim, to be seen on light cells and on dark ones. */
function outline(context: CanvasRenderingContext2D, rim: string, colour: string, trace: () => void): void {
  context.setLineDash([]);
  for (const [style, width] of [
    [rim, 3],
    [colour, 1.25],
  ] as const) {
    context.beginPath();
    trace();
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
  }
}
