/** One chart: a canvas that Chart.js draws axes and marks on, and one above it for what follows the pointer. */
import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import { pictureOf, type PictureKey } from './picture.ts';
import type { AxisTick } from './valueAxis.ts';
import type { Theme } from '../theme/theme.ts';
import { element, setAttribute } from '../page/dom.ts';

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement);

/** Width of the values' axis and of the margin for labels at the right: the same in every chart, so that they line up. */
const valueAxisWidth = 58;

/** An axis as Chart.js shows it. */
export interface PlotAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly AxisTick[];
  readonly title?: string | undefined;
  readonly reversed?: boolean;
  readonly grid?: boolean;
  /** Pixels for the labels of a vertical axis, where they are not numbers. */
  readonly width?: number;
}

/** Points, lines or areas. */
export type Marks = ChartDataset<'line'>;

export interface PlotContent {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly datasets: readonly Marks[];
  /** Room for labels beside the lines, pixels. */
  readonly rightMargin?: number;
  /** Drawn below the marks. */
  readonly behind?: ((plot: Plot, context: CanvasRenderingContext2D) => void) | undefined;
  /** Drawn on top of the marks; `redraw` draws it and `behind` anew. */
  readonly above?: ((plot: Plot, context: CanvasRenderingContext2D) => void) | undefined;
}

/** The inside of a plot in pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export class Plot {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  private readonly overlay: HTMLCanvasElement;
  private chart: Chart<'line'> | undefined;
  private content: PlotContent | undefined;
  private drawAbove: ((context: CanvasRenderingContext2D) => void) | undefined;
  private theme: Theme | undefined;
  private resized: () => void = () => undefined;

  constructor(testId: string) {
    this.canvas = element('canvas', { 'role': 'img', 'data-testid': testId });
    this.overlay = element('canvas', { 'class': 'overlay', 'aria-hidden': 'true' });
    this.root = element('div', { class: 'plot' }, this.canvas, this.overlay);
  }

  /** Calls `listener` after the plot got another size. */
  onResize(listener: () => void): void {
    this.resized = listener;
  }

  /** What a screen reader says instead of the picture. */
  describe(label: string): void {
    setAttribute(this.canvas, 'aria-label', label);
  }

  /** Draws axes and marks. */
  draw(content: PlotContent, theme: Theme): void {
    this.content = content;
    this.theme = theme;
    const { options, data } = configure(content, theme);
    if (this.chart === undefined) {
      this.chart = new Chart(this.canvas, {
        type: 'line',
        data,
        options: { ...options, onResize: () => requestAnimationFrame(() => this.afterResize()) },
        plugins: [this.around],
      });
    } else {
      this.chart.data = data;
      this.chart.options = { ...options, onResize: () => requestAnimationFrame(() => this.afterResize()) };
      this.chart.update('none');
    }
    this.redrawOverlay();
  }

  /** Draws the same axes and marks again, for what is drawn behind and above them has changed: without a layout, in half the time. */
  redraw(): void {
    this.chart?.draw();
  }

  /** Draws what changes often: the cursor, the lit layer, the threshold. */
  drawOverlay(draw: (context: CanvasRenderingContext2D) => void): void {
    this.drawAbove = draw;
    this.redrawOverlay();
  }

  /** In CSS pixels. Asking the page itself would make it lay itself out. */
  get width(): number {
    return this.chart?.width ?? this.root.clientWidth;
  }

  get area(): PlotArea | undefined {
    return this.chart?.chartArea;
  }

  x(value: number): number {
    return this.chart?.scales['x']?.getPixelForValue(value) ?? Number.NaN;
  }

  y(position: number): number {
    return this.chart?.scales['y']?.getPixelForValue(position) ?? Number.NaN;
  }

  xAt(pixel: number): number {
    return this.chart?.scales['x']?.getValueForPixel(pixel) ?? Number.NaN;
  }

  yAt(pixel: number): number {
    return this.chart?.scales['y']?.getValueForPixel(pixel) ?? Number.NaN;
  }

  /** The plot as it looks under a title and a legend: a PNG as a `data:` address. */
  picture(title: string, keys: readonly PictureKey[]): string {
    const { chart, theme, canvas, overlay } = this;
    if (chart === undefined || theme === undefined) throw new Error('A picture of a plot that is not drawn.');
    const { width, height, currentDevicePixelRatio: scale } = chart;
    return pictureOf({ title, keys, canvases: [canvas, overlay], width, height, scale }, theme);
  }

  private readonly around: Plugin<'line'> = {
    id: 'around',
    beforeDatasetsDraw: ({ ctx }) => {
      ctx.save();
      this.content?.behind?.(this, ctx);
      ctx.restore();
    },
    afterDatasetsDraw: ({ ctx }) => {
      ctx.save();
      this.content?.above?.(this, ctx);
      ctx.restore();
    },
  };

  private afterResize(): void {
    this.resized();
    this.redrawOverlay();
  }

  private redrawOverlay(): void {
    const { overlay, canvas, chart } = this;
    const context = overlay.getContext('2d');
    if (context === null || chart === undefined) return;
    // Setting a canvas's size clears it.
    if (overlay.width !== canvas.width) overlay.width = canvas.width;
    if (overlay.height !== canvas.height) overlay.height = canvas.height;
    const scale = chart.currentDevicePixelRatio;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, chart.width, chart.height);
    context.save();
    this.drawAbove?.(context);
    context.restore();
  }
}

type Configuration = Pick<ChartConfiguration<'line'>, 'data'> & {
  options: NonNullable<ChartConfiguration<'line'>['options']>;
};

function configure({ x, y, datasets, rightMargin = 10 }: PlotContent, theme: Theme): Configuration {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const axis = ({ from, to, ticks, title, reversed = false, grid = true }: PlotAxis): object => ({
    type: 'linear',
    min: from,
    max: to,
    reverse: reversed,
    grid: { color: grid ? theme.grid : 'transparent', drawTicks: false },
    border: { display: false },
    afterBuildTicks: (scale: { ticks: { value: number; label: string }[] }) => {
      scale.ticks = ticks.map(({ at, label }) => ({ value: at, label }));
    },
    ticks: {
      color: theme.muted,
      font,
      padding: 6,
      maxRotation: 0,
      autoSkip: false,
      callback: (value: number | string) => ticks.find(({ at }) => at === value)?.label ?? '',
    },
    title:
      title === undefined
        ? { display: false }
        : { display: true, text: title, color: theme.muted, font, padding: 2 },
  });
  return {
    data: { datasets: [...datasets] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { left: 0, right: rightMargin, top: 8, bottom: 0 } },
      scales: {
        x: axis(x),
        y: {
          ...axis(y),
          afterFit: (scale: { width: number }) => {
            scale.width = y.width ?? valueAxisWidth;
          },
        },
      },
    },
  };
}
