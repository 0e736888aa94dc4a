/** First, last, smallest and largest value of every quantity over every step of a run, whichever rows of it are kept. */
import {
  followedQuantities,
  recordedQuantities,
  type FollowedQuantity,
  type MinimumMaximum,
  type Recording,
} from './recording.ts';

const width = followedQuantities.length;
const norm = recordedQuantities.indexOf('norm');
const parameterNorm = recordedQuantities.indexOf('parameterNorm');
/** First, last, smallest, largest. */
const numbersEach = 4;

/** Follows a run step by step, in memory that does not grow. */
export class Extremes {
  private readonly layers: number;
  private readonly first: Float64Array;
  private readonly last: Float64Array;
  private readonly min: Float64Array;
  private readonly max: Float64Array;
  private isEmpty = true;

  constructor(layers: number) {
    this.layers = layers;
    this.first = new Float64Array(layers * width).fill(Number.NaN);
    this.last = new Float64Array(layers * width).fill(Number.NaN);
    this.min = new Float64Array(layers * width).fill(Infinity);
    this.max = new Float64Array(layers * width).fill(-Infinity);
  }

  /** Takes the next step: layers x `recordedQuantities` from `values[begin]`. */
  follow(values: Float64Array, begin: number): void {
    for (let layer = 0; layer < this.layers; layer++) {
      const from = begin + layer * recordedQuantities.length;
      const to = layer * width;
      for (let quantity = 0; quantity < recordedQuantities.length; quantity++)
        this.take(to + quantity, values[from + quantity]);
      this.take(to + width - 1, values[from + norm] / values[from + parameterNorm]);
    }
    if (this.layers > 0) this.isEmpty = false;
  }

  of(layer: number, quantity: FollowedQuantity): MinimumMaximum {
    const place = layer * width + followedQuantities.indexOf(quantity);
    const { first, last, min, max } = this;
    // Where no finite number ever came, there is neither a smallest nor a largest.
    const found = min[place] <= max[place];
    return {
      first: first[place],
      last: last[place],
      min: found ? min[place] : Number.NaN,
      max: found ? max[place] : Number.NaN,
    };
  }

  /** Takes over what another follower of the same run knows, as `listExtremes` wrote it; a list of another length is none of this run. */
  adopt(list: Float64Array): void {
    if (list.length !== this.layers * width * numbersEach) return;
    for (let place = 0; place < this.layers * width; place++) {
      const [first, last, min, max] = list.subarray(place * numbersEach, (place + 1) * numbersEach);
      this.first[place] = first;
      this.last[place] = last;
      this.min[place] = Number.isNaN(min) ? Infinity : min;
      this.max[place] = Number.isNaN(max) ? -Infinity : max;
    }
    this.isEmpty = false;
  }

  private take(place: number, value: number): void {
    if (this.isEmpty) this.first[place] = value;
    this.last[place] = value;
    if (!Number.isFinite(value)) return;
    if (value < this.min[place]) this.min[place] = value;
    if (value > this.max[place]) this.max[place] = value;
  }
}

/** A recording's extremes in one list: layers x `followedQuantities` x (first, last, smallest, largest). */
export function listExtremes(recording: Recording): Float64Array<ArrayBuffer> {
  const list = new Float64Array(recording.layers.length * width * numbersEach);
  let place = 0;
  for (let layer = 0; layer < recording.layers.length; layer++) {
    for (const quantity of followedQuantities) {
      const { first, last, min, max } = recording.extremes(layer, quantity);
      list.set([first, last, min, max], place);
      place += numbersEach;
    }
  }
  return list;
}
