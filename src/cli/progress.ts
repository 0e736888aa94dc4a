/** A line on the terminal that says how far a run is, drawn over itself; nothing where standard error is no terminal. */
import { formatCount, formatNumber } from '../analysis/numbers.ts';
import type { Trial } from '../runs/trial.ts';
import type { Surroundings } from './surroundings.ts';

const barWidth = 24;
/** Milliseconds between two drawings. */
const interval = 80;

export class Progress {
  private readonly surroundings: Surroundings;
  private readonly label: string;
  private planned = 0;
  private drawnAt = 0;
  private drawn = false;

  constructor(surroundings: Surroundings, label: string) {
    this.surroundings = surroundings;
    this.label = label;
  }

  begin(plannedSteps: number): void {
    this.planned = plannedSteps;
    this.draw(0, undefined);
  }

  /** `steps` done so far, and the loss of the last one. */
  advance(steps: number, loss: number | undefined): void {
    if (performance.now() - this.drawnAt >= interval) this.draw(steps, loss);
  }

  /** How far the seeds of a network are, all together. */
  advanceSeeds(trials: readonly Trial[]): void {
    if (performance.now() - this.drawnAt < interval) return;
    const ended = trials.filter(({ state }) => state !== 'running').length;
    const current = trials.find(({ state }) => state === 'running');
    if (current === undefined) return;
    this.planned = current.plannedSteps;
    const seed = `  seed ${ended + 1} of ${trials.length}`;
    this.draw(current.steps, current.recording?.rows.loss.at(-1), seed);
  }

  /** Leaves the line empty for what comes next. */
  clear(): void {
    if (this.drawn) this.surroundings.writeError('\r\u001B[K');
  }

  private draw(steps: number, loss: number | undefined, seed = ''): void {
    if (!this.surroundings.isTerminal) return;
    const filled = this.planned === 0 ? 0 : Math.round((barWidth * steps) / this.planned);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const lossText = loss === undefined ? '' : `  loss ${formatNumber(loss)}`;
    const line = `${this.label}${seed}  ${bar}  step ${formatCount(steps)} of ${formatCount(this.planned)}${lossText}`;
    this.surroundings.writeError(`\r\u001B[K${line.slice(0, this.surroundings.columns - 1)}`);
    this.drawnAt = performance.now();
    this.drawn = true;
  }
}
