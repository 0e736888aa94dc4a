/** What the page asks of every chart. */
import type { Theme } from '../theme/theme.ts';
import type { ViewState } from '../state/state.ts';
import type { PictureKey } from './picture.ts';
import type { Plot } from './plot.ts';

/** All that a chart is drawn from. */
export interface Frame {
  readonly state: ViewState;
  readonly theme: Theme;
}

/** A plot with the name of its picture and with its legend. */
export interface NamedPlot {
  readonly name: string;
  readonly plot: Plot;
  readonly keys: readonly PictureKey[];
}

export interface ChartView {
  readonly root: HTMLElement;
  /** Draws what has changed since the last time. Called only while the chart is on show. */
  render(frame: Frame): void;
  /** What can be saved as pictures. */
  plots(): readonly NamedPlot[];
}

/** Remembers what something was drawn from. */
export class Memory {
  private last: readonly unknown[] | undefined;

  /** Whether any of these differs from the last time; from now on these are the last time. */
  isNew(...values: readonly unknown[]): boolean {
    const differs = this.differs(...values);
    this.last = values;
    return differs;
  }

  /** Whether any of these differs from the last time. */
  differs(...values: readonly unknown[]): boolean {
    const { last } = this;
    return last?.length !== values.length || values.some((value, index) => !Object.is(value, last[index]));
  }

  forget(): void {
    this.last = undefined;
  }
}
