/** Where the signal is lost: bars up for what grows the error on its way back, down for what shrinks it, one set a layer. */
import { formatFactor } from '../../src/analysis/numbers.ts';
import { element, setText } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { chosenRow, hasRows, litLayer, selectedRun } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import { Memory, type ChartView, type Frame } from './chartView.ts';
import {
  decayParts,
  describeDecay,
  hasDecay,
  layerDecays,
  type DecayPart,
  type LayerDecay,
} from './decayData.ts';
import { layerAxis } from './layerAxis.ts';
import { Legend } from './legend.ts';
import { hatchPattern } from './mapImage.ts';
import { dashes, drawBands, drawChip, line } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot, type Marks } from './plot.ts';
import { logarithmicAxis, positionOn, type ValueAxis } from './valueAxis.ts';

/** Above this, bars are thinner than a pixel and lines say more. */
const mostBars = 60;

export class DecayChart implements ChartView {
  readonly root: HTMLElement;
  private readonly plot = new Plot('decay-chart');
  private readonly legend = new Legend();
  private readonly words = element('p', { 'class': 'note', 'data-testid': 'decay-words' });
  private readonly memory = new Memory();
  private frame: Frame | undefined;

  constructor(intents: Intents) {
    this.root = element('div', { class: 'chart' }, this.legend.root, this.plot.root, this.words);
    this.plot.onResize(() => {
      this.memory.forget();
      if (this.frame !== undefined) this.render(this.frame);
    });
    followPointer(this.plot, intents, { layerAt: (x) => this.layerAt(x) });
  }

  plots(): { name: string; plot: Plot }[] {
    return [{ name: 'where-it-is-lost', plot: this.plot }];
  }

  render(frame: Frame): void {
    this.frame = frame;
    const { state, theme } = frame;
    const run = selectedRun(state);
    if (run === undefined || !hasRows(run) || !hasDecay(run)) return;
    const row = chosenRow(state, run);
    if (this.memory.isNew(theme, run, row)) this.drawBase(run, row, theme);
    this.drawAbove(frame, run, layerDecays(run, row));
  }

  private drawBase(run: ShownRun, row: number, theme: Theme): void {
    const { plot } = this;
    const decays = layerDecays(run, row);
    const { layers } = run.header;
    const defined = decays.flatMap(({ derivative, gain, input, error }) => [derivative, gain, input, error]);
    // What is not defined (0/0) is missing, not infinite.
    const axis = logarithmicAxis([defined.filter((value) => !Number.isNaN(value)), [0.5, 2]]);
    const width = plot.width - 70;
    plot.draw(
      {
        x: layerAxis(layers.slice(0, -1), width),
        y: { from: axis.bottom, to: axis.top, ticks: axis.ticks },
        datasets: [
          totals(decays, axis, theme),
          ...(decays.length > mostBars ? decayParts.map(({ id }) => partLine(decays, id, axis, theme)) : []),
        ],
        behind: (_, context) => {
          drawBands(plot, context, axis, theme);
          if (decays.length <= mostBars) drawBars(plot, context, decays, axis, theme);
          if (plot.area === undefined) return;
          context.strokeStyle = withAlpha(theme.foreground, 0.6);
          context.setLineDash([]);
          line(context, plot.area.left, plot.y(0), plot.area.right, plot.y(0));
        },
      },
      theme,
    );
    const said = describeDecay(run, decays);
    plot.describe(`Where the signal is lost, by layer: ${said}`);
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
      const parts = decayParts.map(({ id, name }) => `${name} ${say(lit[id])}`).join(' · ');
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

function partLine(decays: readonly LayerDecay[], part: DecayPart, axis: ValueAxis, theme: Theme): Marks {
  return {
    type: 'line',
    data: decays
      .filter((each) => !Number.isNaN(each[part]))
      .map((each) => ({ x: each.layer, y: positionOn(axis, each[part]) })),
    borderColor: partColour(part, theme),
    borderDash: theme.highContrast ? [...(dashes[decayParts.findIndex(({ id }) => id === part)] ?? [])] : [],
    borderWidth: 1,
    pointRadius: 0,
  };
}

function totals(decays: readonly LayerDecay[], axis: ValueAxis, theme: Theme): Marks {
  return {
    type: 'line',
    data: decays
      .filter(({ error }) => !Number.isNaN(error))
      .map(({ layer, error }) => ({ x: layer, y: positionOn(axis, error) })),
    borderColor: withAlpha(theme.foreground, 0.7),
    borderDash: [2, 3],
    borderWidth: 1.25,
    pointRadius: decays.length <= mostBars ? 3 : 0,
    pointBackgroundColor: theme.foreground,
    pointBorderColor: theme.background,
  };
}
