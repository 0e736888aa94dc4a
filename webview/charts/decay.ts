/** Where the signal is lost: bars up for what grows the error on its way back, down for what shrinks it, one set a layer. */
import { formatFactor } from '../../src/analysis/numbers.ts';
import { element, setText } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { chosenRow, hasRows, litLayer, selectedRun } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import { Memory, type ChartView, type Frame, type NamedPlot } from './chartView.ts';
import {
  decayParts,
  decayReach,
  describeDecay,
  factorsOf,
  hasDecay,
  layerDecays,
  type DecayPart,
  type LayerDecay,
} from './decayData.ts';
import { layerAxis } from './layerAxis.ts';
import { Legend } from './legend.ts';
import { hatchPattern } from './mapImage.ts';
import { dashes, drawBands, drawChip, line, tracePath } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot } from './plot.ts';
import { widthForLabels } from './stepAxis.ts';
import { logarithmicAxis, positionOn, type ValueAxis } from './valueAxis.ts';

/** Above this, bars are thinner than a pixel and lines say more. */
const mostBars = 60;

export class DecayChart implements ChartView {
  readonly root: HTMLElement;
  private readonly plot = new Plot('decay-chart');
  private readonly legend = new Legend();
  private readonly words = element('p', { 'class': 'note', 'data-testid': 'decay-words' });
  private readonly runMemory = new Memory();
  private readonly rowMemory = new Memory();
  private readonly baseMemory = new Memory();
  private readonly wordsMemory = new Memory();
  private frame: Frame | undefined;
  /** The factors at the chosen step, those that the picture shows, and how far those of the whole run reach. */
  private decays: readonly LayerDecay[] = [];
  private drawn: readonly LayerDecay[] | undefined;
  private reach: readonly number[] = [];

  constructor(intents: Intents) {
    this.root = element('div', { class: 'chart' }, this.legend.root, this.plot.root, this.words);
    this.plot.onResize(() => {
      this.baseMemory.forget();
      if (this.frame !== undefined) this.render(this.frame);
    });
    followPointer(this.plot, intents, { layerAt: (x) => this.layerAt(x) });
  }

  plots(): readonly NamedPlot[] {
    return [{ name: 'where-it-is-lost', plot: this.plot, keys: this.legend.keys() }];
  }

  render(frame: Frame): void {
    this.frame = frame;
    const { state, theme } = frame;
    const run = selectedRun(state);
    if (run === undefined || !hasRows(run) || !hasDecay(run)) return;
    const row = chosenRow(state, run);
    if (this.rowMemory.isNew(run, row)) this.decays = layerDecays(run, row);
    const { decays } = this;
    // The axis is that of the whole run, so that it stays while the step is moved.
    if (this.runMemory.isNew(run)) this.reach = decayReach(run);
    const axis = logarithmicAxis([this.reach, factorsOf(decays), [0.5, 2]]);
    const { bottom, low, high, top } = axis;
    if (this.baseMemory.isNew(theme, run.header.layers, bottom, low, high, top))
      this.drawBase(run, axis, theme);
    else if (this.drawn !== decays) this.plot.redraw();
    if (this.drawn !== decays || this.wordsMemory.isNew(theme)) this.sayWhat(run, row, theme);
    this.drawn = decays;
    this.drawAbove(frame, run, decays);
  }

  private drawBase(run: ShownRun, axis: ValueAxis, theme: Theme): void {
    const { plot } = this;
    plot.draw(
      {
        x: layerAxis(run.header.layers.slice(0, -1), plot.width - 70),
        y: { from: axis.bottom, to: axis.top, ticks: axis.ticks },
        datasets: [],
        behind: (_, context) => drawBands(plot, context, axis, theme),
        above: (_, context) => drawFactors(plot, context, this.decays, axis, theme),
      },
      theme,
    );
  }

  private sayWhat(run: ShownRun, row: number, theme: Theme): void {
    const said = describeDecay(run, this.decays, run.recording.rows.steps[row]);
    this.plot.describe(`Where the signal is lost, by layer: ${said}`);
    setText(this.words, said);
    this.legend.show([
      ...decayParts.map(
        ({ id, name }) =>
          ({
            mark: theme.highContrast ? highContrastMarks[id] : 'box',
            colour: partColour(id, theme),
            dash: [],
            text: name,
          }) as const,
      ),
      { mark: 'line', colour: theme.foreground, dash: [2, 3], text: 'error, activation′ × weights' },
    ]);
  }

  private drawAbove({ state, theme }: Frame, run: ShownRun, decays: readonly LayerDecay[]): void {
    const { plot } = this;
    const lit = decays.find(({ layer }) => run.header.layers[layer]?.name === litLayer(state));
    plot.drawOverlay((context) => {
      const { area } = plot;
      if (lit === undefined || area === undefined) return;
      const [left, right] = [plot.x(lit.layer - 0.5), plot.x(lit.layer + 0.5)];
      context.fillStyle = withAlpha(theme.foreground, 0.08);
      context.fillRect(left, area.top, right - left, area.bottom - area.top);
      // A narrow plot has no room for the parts; the bars tell them.
      const parts =
        plot.width < widthForLabels
          ? `error ${say(lit.error)}`
          : decayParts.map(({ id, name }) => `${name} ${say(lit[id])}`).join(' · ');
      drawChip(
        plot,
        context,
        `${run.header.layers[lit.layer]?.name ?? ''}  ${parts}`,
        { x: left, y: area.top + 30 },
        theme,
      );
    });
  }

  private layerAt(x: number): string | undefined {
    const run = this.frame && selectedRun(this.frame.state);
    return run?.header.layers[Math.round(this.plot.xAt(x))]?.name;
  }
}

const highContrastMarks: Readonly<Record<DecayPart, 'box' | 'outline' | 'hatch'>> = {
  derivative: 'box',
  gain: 'outline',
  input: 'hatch',
};

function say(factor: number): string {
  return Number.isNaN(factor) ? '–' : `× ${formatFactor(factor)}`;
}

function partColour(part: DecayPart, theme: Theme): string {
  const [accent = theme.accent, orange = theme.accent, purple = theme.accent] = theme.runs;
  return { derivative: accent, gain: orange, input: purple }[part];
}

/** One bar a part, side by side over the layer's place, from 1 up or down to the factor. */
function drawBars(
  plot: Plot,
  context: CanvasRenderingContext2D,
  decays: readonly LayerDecay[],
  axis: ValueAxis,
  theme: Theme,
): void {
  const group = Math.min(42, 0.72 * (plot.x(1) - plot.x(0)));
  const each = group / decayParts.length;
  const base = plot.y(0);
  context.setLineDash([]);
  context.lineWidth = 1.5;
  for (const [index, { id }] of decayParts.entries()) {
    const colour = partColour(id, theme);
    const mark = theme.highContrast ? highContrastMarks[id] : 'box';
    context.strokeStyle = colour;
    context.fillStyle = mark === 'hatch' ? (hatchPattern(context, theme, colour) ?? colour) : colour;
    for (const { layer, [id]: factor } of decays) {
      if (Number.isNaN(factor)) continue;
      const left = plot.x(layer) - group / 2 + index * each;
      const y = plot.y(positionOn(axis, factor));
      const width = Math.max(1, each - (each > 4 ? 1.5 : 0));
      if (mark !== 'outline') context.fillRect(left, Math.min(y, base), width, Math.abs(y - base));
      if (mark !== 'box') context.strokeRect(left, Math.min(y, base), width, Math.abs(y - base));
    }
  }
}

/** All factors, and what they make of the error, from 1 up or down. */
function drawFactors(
  plot: Plot,
  context: CanvasRenderingContext2D,
  decays: readonly LayerDecay[],
  axis: ValueAxis,
  theme: Theme,
): void {
  const { area } = plot;
  if (area === undefined) return;
  const isFew = decays.length <= mostBars;
  if (isFew) drawBars(plot, context, decays, axis, theme);
  context.strokeStyle = withAlpha(theme.foreground, 0.6);
  context.setLineDash([]);
  context.lineWidth = 1;
  line(context, area.left, plot.y(0), area.right, plot.y(0));
  const places = (part: DecayPart | 'error'): { x: number; y: number }[] =>
    decays
      .filter((each) => !Number.isNaN(each[part]))
      .map((each) => ({ x: plot.x(each.layer), y: plot.y(positionOn(axis, each[part])) }));
  if (!isFew) {
    for (const [index, { id }] of decayParts.entries()) {
      const dash = theme.highContrast ? (dashes[index] ?? []) : [];
      tracePath(context, places(id), partColour(id, theme), dash, 1);
    }
  }
  const errors = places('error');
  tracePath(context, errors, withAlpha(theme.foreground, 0.7), [2, 3], 1.25);
  if (!isFew) return;
  context.setLineDash([]);
  context.fillStyle = theme.foreground;
  context.strokeStyle = theme.background;
  for (const { x, y } of errors) {
    context.beginPath();
    context.arc(x, y, 3, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
