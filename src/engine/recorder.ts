import { Extremes } from './extremes.ts';
import {
  recordedQuantities,
  type FollowedQuantity,
  type GradientHistogram,
  type MinimumMaximum,
  type RecordedLayer,
  type RecordedRows,
  type Recording,
} from './recording.ts';

/** What a recording keeps at most. */
export interface RecorderLimits {
  /** Numbers in its rows. */
  readonly mostNumbers: number;
  readonly mostHistograms: number;
}

const usualLimits: RecorderLimits = { mostNumbers: 2 ** 22, mostHistograms: 128 };
const firstCapacity = 256;

/**
 * Keeps a run's rows in bounded memory: once it is full, every other row goes, and from then on every second, fourth, …
 * row is kept. The last row is always there.
 */
export class Recorder implements Recording {
  readonly layers: readonly RecordedLayer[];
  private readonly valueCount: number;
  private readonly timeCount: number;
  private readonly mostRows: number;
  private readonly mostHistograms: number;
  private stored: RecordedRows;
  private capacity: number;
  /** Rows kept for good; one more behind them may be the last that came. */
  private kept = 0;
  private hasLoose = false;
  private received = 0;
  private stride = 1;
  private keptHistograms: GradientHistogram[] = [];
  private receivedHistograms = 0;
  private histogramStride = 1;
  private readonly followed: Extremes;

  constructor(layers: readonly RecordedLayer[], limits: RecorderLimits = usualLimits) {
    this.layers = layers;
    this.mostHistograms = limits.mostHistograms;
    this.valueCount = layers.length * recordedQuantities.length;
    this.timeCount = layers.reduce((sum, layer) => sum + (layer.timeSteps ?? 0), 0);
    this.mostRows = Math.max(2, Math.floor(limits.mostNumbers / (2 + this.valueCount + this.timeCount)));
    this.capacity = Math.min(firstCapacity, this.mostRows);
    this.stored = this.emptyRows(this.capacity);
    this.followed = new Extremes(layers.length);
  }

  /** The kept rows, in order, as views that hold until the next `add`. */
  get rows(): RecordedRows {
    const count = this.kept + Number(this.hasLoose);
    const { steps, loss, values, timeErrors } = this.stored;
    return {
      steps: steps.subarray(0, count),
      loss: loss.subarray(0, count),
      values: values.subarray(0, count * this.valueCount),
      timeErrors: timeErrors.subarray(0, count * this.timeCount),
    };
  }

  get histograms(): readonly GradientHistogram[] {
    return this.keptHistograms;
  }

  /** Takes the next rows of the run, in order. */
  add(rows: RecordedRows, histograms: readonly GradientHistogram[]): void {
    for (let row = 0; row < rows.steps.length; row++) {
      this.followed.follow(rows.values, row * this.valueCount);
      this.keep(rows, row);
    }
    for (const histogram of histograms) this.keepHistogram(histogram);
  }

  extremes(layer: number, quantity: FollowedQuantity): MinimumMaximum {
    return this.followed.of(layer, quantity);
  }

  /** Takes over the extremes of a recording that saw more rows than this one, as `listExtremes` wrote them. */
  adoptExtremes(list: Float64Array): void {
    this.followed.adopt(list);
  }

  private keep(rows: RecordedRows, row: number): void {
    const stays = this.received % this.stride === 0;
    if (this.kept === this.capacity) this.makeRoom();
    this.write(this.stored, this.kept, rows, row);
    // Making room may have doubled the stride since.
    if (stays && this.received % this.stride === 0) {
      this.kept += 1;
      this.hasLoose = false;
    } else {
      this.hasLoose = true;
    }
    this.received += 1;
  }

  /** Doubles the memory, or, where it may not grow, drops every other row. */
  private makeRoom(): void {
    const old = this.stored;
    const step = this.capacity < this.mostRows ? 1 : 2;
    if (step === 1) {
      this.capacity = Math.min(2 * this.capacity, this.mostRows);
      this.stored = this.emptyRows(this.capacity);
    } else {
      this.stride *= 2;
    }
    const count = Math.ceil(this.kept / step);
    for (let row = 0; row < count; row++) this.write(this.stored, row, old, row * step);
    this.kept = count;
  }

  private write(to: RecordedRows, place: number, from: RecordedRows, row: number): void {
    const { valueCount, timeCount } = this;
    to.steps[place] = from.steps[row]!;
    to.loss[place] = from.loss[row]!;
    to.values.set(from.values.subarray(row * valueCount, (row + 1) * valueCount), place * valueCount);
    to.timeErrors.set(from.timeErrors.subarray(row * timeCount, (row + 1) * timeCount), place * timeCount);
  }

  private emptyRows(count: number): RecordedRows {
    return {
      steps: new Float64Array(count),
      loss: new Float64Array(count),
      values: new Float64Array(count * this.valueCount),
      timeErrors: new Float64Array(count * this.timeCount),
    };
  }

  private keepHistogram(histogram: GradientHistogram): void {
    if (this.receivedHistograms % this.histogramStride === 0) this.keptHistograms.push(histogram);
    this.receivedHistograms += 1;
    if (this.keptHistograms.length <= this.mostHistograms) return;
    this.keptHistograms = this.keptHistograms.filter((_, index) => index % 2 === 0);
    this.histogramStride *= 2;
  }
}
