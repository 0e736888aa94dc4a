/** The loss of each mini-batch, faint, and its medians, on the same axis of steps as the lines above it. */
import { formatCount, formatNumber } from '../../src/analysis/numbers.ts';
import { element } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { chosenRow, nearestRow } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { withAlpha } from '../theme/colour.ts';
import { Memory, type Frame } from './chartView.ts';
import { dashes, drawBands, drawChip, drawCursor, drawRing, haloText, line } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot, type Marks, type PlotAxis } from './plot.ts';
import { labelMargin, widthForLabels } from './stepAxis.ts';
import { medianLine, thinLine } from './thin.ts';
import { logarithmicAxis, positionOn, type ValueAxis } from './valueAxis.ts';

export class LossPlot {
  readonly root: HTMLElement;
  readonly plot = new Plot('loss-chart');
  private readonly memory = new Memory();
  private axis: ValueAxis | undefined;
  private last: [Frame, readonly ShownRun[], PlotAxis] | undefined;

  constructor(intents: Intents) {
    this.root = element(
      'div',
      { class: 'panel loss' },
      element('h3', { class: 'panel-title' }, 'loss'),
      this.plot.root,
    );
    this.plot.onResize(() => {
      this.memory.forget();
      if (this.last !== undefined) this.render(...this.last);
    });
    followPointer(this.plot, intents, { stepAt: (x) => this.stepAt(x) });
  }

  render(frame: Frame, runs: readonly ShownRun[], x: PlotAxis): void {
    this.last = [frame, runs, x];
    if (this.memory.isNew(frame.theme, ...runs)) this.drawBase(frame, runs, x);
    this.drawAbove(frame, runs);
  }

  private drawBase({ theme }: Frame, runs: readonly ShownRun[], x: PlotAxis): void {
    const { plot } = this;
    const constants = runs.flatMap(({ header }) => header.result?.constantLoss ?? []).filter(Number.isFinite);
    const axis = logarithmicAxis([...runs.map(({ recording }) => recording.rows.loss), constants]);
    this.axis = axis;
    const columns = Math.max(50, plot.width - 70);
    const datasets = runs.flatMap(({ recording }, index): Marks[] => {
      const { steps, loss } = recording.rows;
      const colour =
        runs.length === 1 ? theme.foreground : (theme.runs[index % theme.runs.length] ?? theme.foreground);
      const place = (value: number): number => positionOn(axis, value);
      const main: Marks = {
        type: 'line',
        data: medianLine(steps, loss, place),
        borderColor: colour,
        borderWidth: 1.75,
        borderDash: [...(dashes[index % dashes.length] ?? [])],
        pointRadius: steps.length === 1 ? 3 : 0,
        pointBackgroundColor: colour,
        order: 0,
      };
      const each = thinLine(steps, loss, place, columns, x.from, x.to);
      const faint = withAlpha(colour, 0.25);
      return [
        main,
        { type: 'line', data: each, borderColor: faint, borderWidth: 1, pointRadius: 0, order: 1 },
      ];
    });
    const isWide = plot.width >= widthForLabels;
    const [constant] = constants;
    plot.draw(
      {
        x,
        // A low plot has room for few labels.
        y: {
          from: axis.bottom,
          to: axis.top,
          ticks: axis.ticks.filter((_, index) => axis.ticks.length <= 4 || index % 2 === 0),
        },
        datasets,
        rightMargin: isWide ? labelMargin : 10,
        behind: (_, context) => {
          drawBands(plot, context, axis, theme);
          if (constant !== undefined && plot.area !== undefined) {
            const y = plot.y(positionOn(axis, constant));
            context.setLineDash([2, 3]);
            context.strokeStyle = withAlpha(theme.foreground, 0.6);
            line(context, plot.area.left, y, plot.area.right, y);
            const text = `best constant answer ${formatNumber(constant)}`;
            haloText(
              context,
              text,
              plot.area.left + 6,
              y - plot.area.top < 16 ? y + 9 : y - 9,
              theme,
              theme.muted,
            );
          }
        },
      },
      theme,
    );
    plot.describe(describeLoss(runs));
  }

  private drawAbove({ state, theme }: Frame, runs: readonly ShownRun[]): void {
    const { plot, axis } = this;
    const [run] = runs;
    if (axis === undefined || run === undefined) return;
    const row = chosenRow(state, run);
    const { steps, loss } = run.recording.rows;
    const [step, value] = [steps[row], loss[row]];
    plot.drawOverlay((context) => {
      if (step === undefined || value === undefined) return;
      drawCursor(plot, context, step, theme);
      const at = { x: plot.x(step), y: plot.y(positionOn(axis, value)) };
      drawRing(context, at.x, at.y, theme.foreground, theme);
      if (state.step !== undefined) drawChip(plot, context, `loss ${formatNumber(value)}`, at, theme);
    });
  }

  private stepAt(x: number): number | undefined {
    const steps = this.last?.[1][0]?.recording.rows.steps;
    return steps?.[nearestRow(steps, this.plot.xAt(x))];
  }
}

/** In words for those who do not see the chart. */
function describeLoss(runs: readonly ShownRun[]): string {
  const one = ({ header, recording }: ShownRun): string => {
    const { steps, loss } = recording.rows;
    return `${header.network} from ${formatNumber(loss[0] ?? NaN)} to ${formatNumber(loss.at(-1) ?? NaN)} over ${formatCount(steps.length)} recorded steps`;
  };
  return `loss: ${runs.map(one).join('; ')}`;
}
