/** The error of each recurrent layer at each time step of its sequence, at the chosen step and at the first. */
import { element, setText } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import { chosenRow, hasRows, selectedRun } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { depthColours } from '../theme/scales.ts';
import type { Theme } from '../theme/theme.ts';
import { Memory, type ChartView, type Frame, type NamedPlot } from './chartView.ts';
import { Legend } from './legend.ts';
import { dashes, drawBands } from './marks.ts';
import { followPointer } from './pointer.ts';
import { Plot, type Marks } from './plot.ts';
import { describeTime, timeLines, type TimeLine } from './throughTimeData.ts';
import { linearTicks, logarithmicAxis, positionOn, type ValueAxis } from './valueAxis.ts';

export class ThroughTimeChart implements ChartView {
  readonly root: HTMLElement;
  private readonly plot = new Plot('time-chart');
  private readonly legend = new Legend();
  private readonly words = element('p', { 'class': 'note', 'data-testid': 'time-words' });
  private readonly memory = new Memory();
  private frame: Frame | undefined;
  private axis: ValueAxis | undefined;

  constructor(intents: Intents) {
    this.root = element('div', { class: 'chart' }, this.legend.root, this.plot.root, this.words);
    this.plot.onResize(() => {
      this.memory.forget();
      if (this.frame !== undefined) this.render(this.frame);
    });
    followPointer(this.plot, intents, { layerAt: (x, y) => this.layerAt(x, y) });
  }

  plots(): readonly NamedPlot[] {
    return [{ name: 'through-time', plot: this.plot, keys: this.legend.keys() }];
  }

  render(frame: Frame): void {
    this.frame = frame;
    const run = selectedRun(frame.state);
    if (run === undefined || !hasRows(run)) return;
    const row = chosenRow(frame.state, run);
    if (this.memory.isNew(frame.theme, run, row)) this.draw(run, row, frame.theme);
  }

  private draw(run: ShownRun, row: number, theme: Theme): void {
    const { plot } = this;
    const lines = timeLines(run, row);
    // The axis is that of the whole run, so that it stays while the step is moved.
    const axis = logarithmicAxis([run.recording.rows.timeErrors]);
    this.axis = axis;
    const longest = Math.max(2, ...lines.map(({ values }) => values.length));
    const width = plot.width - 70;
    plot.draw(
      {
        x: { from: 1, to: longest, grid: false, title: 'time step', ticks: timeTicks(longest, width) },
        y: { from: axis.bottom, to: axis.top, ticks: axis.ticks },
        datasets: [
          ...lines.map((line, index) => marks(line, run, axis, theme, index)),
          ...timeLines(run, 0).map((line) => ghost(line, axis, theme)),
        ],
        behind: (_, context) => drawBands(plot, context, axis, theme),
      },
      theme,
    );
    const said = describeTime(run, lines);
    plot.describe(`Error through time. ${said}`);
    setText(this.words, said);
    const colours = depthColours(theme.depth, run.header.layers.length);
    this.legend.show([
      ...lines.map(({ layer }, index) => ({
        mark: 'line' as const,
        colour: colours[layer] ?? theme.foreground,
        dash: dashes[index % dashes.length] ?? [],
        text: run.header.layers[layer]?.name ?? '',
      })),
      { mark: 'line', colour: theme.muted, dash: [2, 3], text: 'at the first step' },
    ]);
  }

  private layerAt(x: number, y: number): string | undefined {
    const run = this.frame && selectedRun(this.frame.state);
    const { axis, plot, frame } = this;
    if (run === undefined || axis === undefined || frame === undefined) return undefined;
    const time = Math.round(plot.xAt(x)) - 1;
    const near = timeLines(run, chosenRow(frame.state, run))
      .map(({ layer, values }) => ({
        layer,
        far: Math.abs(plot.y(positionOn(axis, values[time] ?? NaN)) - y),
      }))
      .filter(({ far }) => far < 24)
      .toSorted((one, other) => one.far - other.far);
    return near[0] && run.header.layers[near[0].layer]?.name;
  }
}

function timeTicks(longest: number, width: number): { at: number; label: string }[] {
  const ticks = linearTicks(0, longest, Math.max(2, Math.min(8, Math.floor(width / 60))));
  return [{ at: 1, label: '1' }, ...ticks.filter(({ at }) => at > 1 && Number.isInteger(at))];
}

function marks(
  { layer, values }: TimeLine,
  run: ShownRun,
  axis: ValueAxis,
  theme: Theme,
  index: number,
): Marks {
  const colour = depthColours(theme.depth, run.header.layers.length)[layer] ?? theme.foreground;
  return {
    type: 'line',
    data: Array.from(values, (value, time) => ({ x: time + 1, y: positionOn(axis, value) })),
    borderColor: colour,
    borderWidth: 2,
    borderDash: [...(dashes[index % dashes.length] ?? [])],
    pointRadius: values.length <= 40 ? 2.5 : 0,
    pointBackgroundColor: colour,
    pointBorderColor: colour,
  };
}

function ghost({ values }: TimeLine, axis: ValueAxis, theme: Theme): Marks {
  return {
    type: 'line',
    data: Array.from(values, (value, time) => ({ x: time + 1, y: positionOn(axis, value) })),
    borderColor: theme.muted,
    borderWidth: 1.25,
    borderDash: [2, 3],
    pointRadius: 0,
  };
}
