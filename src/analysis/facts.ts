/** All that the rules look at, computed once from a run. */
import type { DataSetStatistics, Recording, RecordedLayer, RunResult } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import { judgeLearning, type Learning } from './learning.ts';
import { describe, finalWindow, initialWindow, profileOf, type Profile, type Window } from './profile.ts';
import type { Finding, Thresholds, VerdictKind } from './verdict.ts';

/** The same profiles at one stretch of the run. */
export interface Moment {
  readonly when: 'at initialisation' | 'at the end';
  /** Of the metric that the threshold speaks of. */
  readonly metric: Profile;
  /** Gradient norms. */
  readonly norm: Profile;
  /** Backpropagated errors. */
  readonly error: Profile;
  /** What a layer's weights get: error times input, which bounds the norm of their gradient. Without the biases' part. */
  readonly weightPart: Profile;
  /** What the weights would get if nothing were lost on the way: the output's error times the network's input. */
  readonly potential: number;
}

export interface Facts {
  readonly recording: Recording;
  readonly result: RunResult;
  readonly network: CheckedNetwork;
  readonly thresholds: Thresholds;
  readonly layers: readonly RecordedLayer[];
  readonly learning: Learning;
  readonly start: Moment;
  readonly end: Moment;
  /** Dead and saturated shares over the whole data set: after training, or before it where the run has no end. */
  readonly units: DataSetStatistics;
  /** Every layer is linear: the gradients of all of them are one and the same product. */
  readonly linear: boolean;
}

/** A finding and the verdict that it leads to if nothing of higher rank fired; without `verdict` it never leads. */
export interface Ruling {
  readonly finding: Finding;
  readonly verdict?: { readonly kind: VerdictKind; readonly message: string };
}

/** One rule: what it finds in a run, or nothing. */
export type Rule = (facts: Facts) => Ruling | undefined;

/** Collects the facts of a run that has at least one recorded row and one layer with parameters. */
export function collectFacts(
  recording: Recording,
  result: RunResult,
  network: CheckedNetwork,
  thresholds: Thresholds,
): Facts {
  const moment = (when: Moment['when'], window: Window): Moment => ({
    when,
    metric: profileOf(recording, thresholds.metric, window),
    norm: profileOf(recording, 'norm', window),
    ...signals(recording, window),
  });
  return {
    recording,
    result,
    network,
    thresholds,
    layers: recording.layers,
    learning: judgeLearning(recording, result),
    start: moment('at initialisation', initialWindow),
    end: moment('at the end', finalWindow(recording)),
    units: result.after ?? result.before,
    linear: recording.layers.every(
      (layer) =>
        (layer.kind === 'dense' || layer.kind === 'conv') && (layer.activation ?? 'linear') === 'linear',
    ),
  };
}

function signals(recording: Recording, window: Window): Pick<Moment, 'error' | 'weightPart' | 'potential'> {
  const error = profileOf(recording, 'error', window);
  const input = profileOf(recording, 'inputNorm', window);
  return {
    error,
    weightPart: describe(error.values.map((value, layer) => value * (input.values[layer] ?? NaN))),
    potential: error.last * input.first,
  };
}

/** Names of the layers at these positions. */
export function namesOf(facts: Facts, positions: readonly number[]): string[] {
  return positions.map((position) => facts.layers[position]?.name ?? `layer ${position}`);
}
