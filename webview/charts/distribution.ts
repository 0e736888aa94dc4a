/** The histogram of one layer's gradient entries at the chosen step, with the limits of number formats. */
import { formatCount, formatSetting } from '../../src/analysis/numbers.ts';
import type { GradientHistogram } from '../../src/engine/recording.ts';
import { element, setText } from '../page/dom.ts';
import { chosenRow, hasRows, litLayer, selectedRun } from '../state/selectors.ts';
import type { ShownRun, ViewState } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import { Memory, type ChartView, type Frame, type NamedPlot } from './chartView.ts';
import {
  describeDistribution,
  distributionOf,
  formatLimits,
  histogramAt,
  longDescription,
  type Distribution,
} from './distributionData.ts';
import { haloText, line } from './marks.ts';
import { Plot, type PlotAxis } from './plot.ts';
import { SteadyNote } from './steadyNote.ts';
import { linearTicks } from './valueAxis.ts';

const decade = Math.log2(10);
/** Exponents between the bars and those of zeros and of what is not finite. */
const bandWidth = 3;
/** The axis in heights of the tallest bar: above it there is room for two lines of words. */
const headroom = 1.25;

export class DistributionChart implements ChartView {
  readonly root: HTMLElement;
  private readonly plot = new Plot('distribution-chart');
  private readonly title = element('h3', { 'class': 'panel-title', 'data-testid': 'distribution-layer' });
  private readonly words = new SteadyNote('distribution-words');
  private readonly memory = new Memory();
  private readonly layers = new Memory();
  private frame: Frame | undefined;

  constructor() {
    this.root = element('div', { class: 'chart' }, this.title, this.plot.root, this.words.root);
    this.plot.onResize(() => {
      this.memory.forget();
      if (this.frame !== undefined) this.render(this.frame);
    });
  }

  plots(): readonly NamedPlot[] {
    return [{ name: 'distribution', plot: this.plot, keys: [] }];
  }

  render(frame: Frame): void {
    this.frame = frame;
    const { state, theme } = frame;
    const run = selectedRun(state);
    if (run === undefined || !hasRows(run)) return;
    const step = run.recording.rows.steps[chosenRow(state, run)] ?? 0;
    const histogram = histogramAt(run.recording.histograms, step);
    const layer = shownLayer(state, run);
    if (histogram !== undefined && this.memory.isNew(theme, run.header.layers, histogram, layer))
      this.draw(run, histogram, layer, theme);
  }

  private draw(run: ShownRun, histogram: GradientHistogram, layer: number, theme: Theme): void {
    const { plot } = this;
    const distribution = distributionOf(histogram, layer);
    const { from, to } = exponentRange(distribution);
    const top = Math.max(
      0.05,
      distribution.zero,
      distribution.notFinite,
      ...distribution.bars.map(({ share }) => share),
    );
    const [zeroAt, beyondAt] = [from - bandWidth / 2, to + bandWidth / 2];
    const points = [
      ...(distribution.zero > 0 ? [{ x: zeroAt, y: distribution.zero }] : []),
      ...distribution.bars.map(({ exponent, share }) => ({ x: exponent + 0.5, y: share })),
      ...(distribution.notFinite > 0 ? [{ x: beyondAt, y: distribution.notFinite }] : []),
    ];
    const x: PlotAxis = {
      from: distribution.zero > 0 ? from - bandWidth : from,
      to: distribution.notFinite > 0 ? to + bandWidth : to,
      grid: false,
      title: '|entry of the gradient|',
      ticks: [
        ...(distribution.zero > 0 ? [{ at: zeroAt, label: '0' }] : []),
        ...decadeTicks(from, to, plot.width),
        ...(distribution.notFinite > 0 ? [{ at: beyondAt, label: 'NaN, ∞' }] : []),
      ],
    };
    plot.draw(
      {
        x,
        y: {
          from: 0,
          to: top * headroom,
          ticks: linearTicks(0, top, 4).map(({ at }) => ({
            at,
            label: `${formatSetting(Number((at * 100).toPrecision(3)))} %`,
          })),
        },
        datasets: [],
        behind: (_, context) => {
          drawBars(plot, context, points, theme);
          drawLimits(plot, context, x, theme);
        },
      },
      theme,
    );
    const name = run.header.layers[layer]?.name ?? '';
    const said = describeDistribution(name, histogram, layer);
    plot.describe(`Distribution of the gradient's entries at step ${histogram.step}. ${said}`);
    setText(
      this.title,
      `${name} at step ${formatCount(histogram.step)}, ${formatCount(distribution.entries)} entries`,
    );
    if (this.layers.isNew(run.header.layers)) this.words.reserve(longDescription(run.header.layers));
    this.words.say(said);
  }
}

/** The lit layer, or the one closest to the input: there gradients are smallest. */
function shownLayer(state: ViewState, run: ShownRun): number {
  return Math.max(
    0,
    run.header.layers.findIndex(({ name }) => name === litLayer(state)),
  );
}

/** Exponents on show: all entries, and the limits of fp16, which are never far from where networks train. */
function exponentRange({ bars }: Distribution): { from: number; to: number } {
  const exponents = bars.map(({ exponent }) => exponent);
  return { from: Math.min(-26, ...exponents) - 1, to: Math.max(1, ...exponents) + 2 };
}

function decadeTicks(from: number, to: number, width: number): { at: number; label: string }[] {
  const decades = (to - from) / decade;
  const most = Math.max(2, Math.floor((width - 70) / 48));
  const stride = [1, 2, 3, 5, 10, 20].find((every) => decades / every <= most) ?? 40;
  const first = Math.ceil(from / decade / stride) * stride;
  const count = Math.max(0, Math.floor((to / decade - first) / stride) + 1);
  return Array.from({ length: count }, (_, index) => {
    const power = first + index * stride;
    return { at: power * decade, label: formatSetting(Number(`1e${power}`)) };
  });
}

function drawBars(
  plot: Plot,
  context: CanvasRenderingContext2D,
  points: readonly { readonly x: number; readonly y: number }[],
  theme: Theme,
): void {
  const base = plot.y(0);
  const width = Math.min(36, Math.max(1, plot.x(1) - plot.x(0) - 1));
  context.fillStyle = theme.accent;
  for (const { x, y } of points) {
    const height = Math.max(1, base - plot.y(y));
    context.fillRect(plot.x(x) - width / 2, base - height, width, height);
  }
}

function drawLimits(
  plot: Plot,
  context: CanvasRenderingContext2D,
  { from, to }: PlotAxis,
  theme: Theme,
): void {
  const { area } = plot;
  if (area === undefined) return;
  for (const [index, { exponent, label }] of formatLimits(from, to).entries()) {
    const x = plot.x(exponent);
    context.setLineDash([3, 3]);
    context.strokeStyle = withAlpha(theme.warning, 0.9);
    context.lineWidth = 1;
    line(context, x, area.top, x, area.bottom);
    context.font = `${theme.fontSize}px ${theme.fontFamily}`;
    const width = context.measureText(label).width;
    const left = x + 4 + width > area.right ? x - 4 - width : x + 4;
    haloText(context, label, left, area.top + 7 + 14 * (index % 2), theme, theme.muted);
  }
}
