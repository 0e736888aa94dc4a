/** Is it learning? The loss against the best constant answer, and against its own past. */
import type { Recording, RunResult } from '../engine/recording.ts';
import { limits } from './limits.ts';
import { quantitiesPerLayer, quantityOffset } from './metrics.ts';
import { quantityAt } from './profile.ts';
import { mean, median } from './regression.ts';

/**
 * - `solved`   most of the constant answer's loss is gone
 * - `learning` some of it is gone, or the loss is still falling
 * - `stalled`  the loss stays at the constant answer's level
 * - `worse`    the loss ended far above both its start and the constant answer
 * - `frozen`   no parameter ever moved though gradients were there to move it
 * - `unknown`  too few steps to tell
 */
export type LearningState = 'solved' | 'learning' | 'stalled' | 'worse' | 'frozen' | 'unknown';

export interface Learning {
  readonly state: LearningState;
  /** Loss over the training set before and after; the last batches' where the run has no end. */
  readonly before: number;
  readonly after: number;
  /** Loss of the best constant answer. */
  readonly constant: number;
  /** Share of the constant answer's loss that is gone; negative above it. */
  readonly progress: number;
  /** Fall of the loss over the second half of the run, in shares of the constant answer's loss; 0 where it is noise. */
  readonly trend: number;
}

/** Variance of equal numbers around 1 comes out as at most this by rounding: (2^−53)², with room. */
const roundingOfZero = 1e-20;

/** Judges the loss of a run. */
export function judgeLearning(recording: Recording, result: RunResult): Learning {
  const losses = Array.from(recording.rows.loss);
  const before = Number.isFinite(result.before.loss) ? result.before.loss : (losses[0] ?? NaN);
  const after = result.after?.loss ?? median(losses.slice(Math.floor(losses.length * 0.8)));
  const constant = result.constantLoss;
  // With one class, one sample or a constant target the constant answer is perfect: the start is all there is to compare with.
  const reference = constant > roundingOfZero ? constant : before;
  const progress = reference > 0 ? (reference - after) / reference : after <= before ? 1 : 0;
  const trend = reference > 0 ? lossTrend(losses) / reference : 0;
  const common = { before, after, constant, progress, trend };
  if (isFrozen(recording)) return { ...common, state: 'frozen' };
  if (!Number.isFinite(after)) return { ...common, state: 'worse' };
  if (result.steps < limits.shortestRun) return { ...common, state: 'unknown' };
  if (after > limits.worseFactor * Math.max(before, reference)) return { ...common, state: 'worse' };
  if (progress >= limits.solvedProgress) return { ...common, state: 'solved' };
  const falling = trend > limits.fallingShare && after < before;
  // Far above the constant answer a fall says little: it may be the output's bias alone that settles.
  const approaching = after < before / 2 && after < limits.withinReach * reference;
  const learning =
    progress >= limits.learningProgress || (falling && (after < 0.99 * reference || approaching));
  return { ...common, state: learning ? 'learning' : 'stalled' };
}

/** Fall from the third to the last quarter of the run; 0 where it does not exceed the noise of single batches. */
function lossTrend(losses: readonly number[]): number {
  const quarter = Math.floor(losses.length / 4);
  if (quarter < 4) return 0;
  const earlier = losses.slice(2 * quarter, 3 * quarter);
  const later = losses.slice(-quarter);
  const fall = mean(earlier) - mean(later);
  const error = Math.sqrt((variance(earlier) + variance(later)) / quarter);
  return Math.abs(fall) > limits.trendErrors * error ? fall : 0;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/**
 * The farthest that any layer can have moved in so many steps, in shares of its own size: the mean of its recorded speeds times
 * the steps. Infinite where a layer begins at zero, so that its speed is not finite.
 */
export function largestMove({ layers, rows }: Recording, steps: number): number {
  const stride = layers.length * quantitiesPerLayer;
  const moves = layers.map((_, layer) => {
    const offset = layer * quantitiesPerLayer + quantityOffset.speed;
    const speeds = Array.from(rows.steps, (_step, row) => rows.values[row * stride + offset] ?? NaN);
    const move = mean(speeds) * steps;
    return Number.isFinite(move) ? move : Infinity;
  });
  return Math.max(...moves);
}

/** No layer moved in any kept step, and some layer had a gradient that should have moved it. */
function isFrozen(recording: Recording): boolean {
  let gradient = false;
  for (let layer = 0; layer < recording.layers.length; layer += 1) {
    if (recording.extremes(layer, 'speed').max > 0) return false;
    gradient ||= quantityAt(recording, 0, layer, 'norm') > 0;
  }
  return gradient;
}
