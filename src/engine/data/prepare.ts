/**
 * From `data KIND { … }` to the numbers that a network is trained on. Deterministic: the same settings and files give the
 * same bits on every machine.
 */
import type { DataSettings, NetworkInput, Shape, Target } from '../../language/network.ts';
import type { DataFacts, FileContents } from '../../protocol/worker.ts';
import { Random } from '../random.ts';
import { dataFailure, sizeOf, type DataFailure, type DataOutcome, type DataUse } from './dataSet.ts';
import { firstUnknownToken, misfit } from './fit.ts';
import { openKind } from './kinds.ts';
import { normalizeFeatures } from './normalize.ts';
import { splitSamples, takeRows } from './split.ts';

/** Samples ready for training. */
export interface TrainingData {
  /** Samples x values of an input, row-major, the training samples first; token indices as numbers. */
  readonly inputs: Float64Array;
  /** Class indices, samples x `target.rows`, or real numbers, samples x `target.size`. */
  readonly targets: Float64Array;
  readonly target: Target;
  /** Shape of a sample as the network takes it. */
  readonly inputShape: Shape;
  readonly trainCount: number;
  readonly testCount: number;
  /** What a person should know although it is no error: a single class, how names became classes. */
  readonly notes: readonly string[];
}

/** A data set that could be read and fits the network's input; nothing of its size is allocated yet. */
export interface OpenedData {
  readonly ok: true;
  readonly facts: DataFacts;
  /** Draws or takes over the samples, splits and scales them. */
  prepare(): PreparedData;
}

export type PreparedData = { readonly ok: true; readonly data: TrainingData } | DataFailure;

/** What of a network decides what the data means to it. */
export type NetworkUse = Omit<DataUse, 'input'>;

/** Reads the files and holds what they say against the network. */
export function openData(
  settings: DataSettings,
  input: NetworkInput,
  files: FileContents,
  use: NetworkUse,
): OpenedData | DataFailure {
  const outcome = openKind(settings, files, { input, ...use });
  if (!outcome.ok) {
    return outcome;
  }
  return (
    misfit(settings, outcome.facts, { input, ...use }) ?? {
      ok: true,
      facts: taken(settings, outcome.facts),
      prepare: () => prepareSamples(settings, input, outcome),
    }
  );
}

/** Opens and prepares in one go. */
export function prepareData(
  settings: DataSettings,
  input: NetworkInput,
  files: FileContents,
  use: NetworkUse,
): PreparedData {
  const opened = openData(settings, input, files, use);
  return opened.ok ? opened.prepare() : opened;
}

/** How the data looks to a network, whether or not it fits. */
export function describeData(
  settings: DataSettings,
  files: FileContents,
  input: NetworkInput,
  use: NetworkUse,
): { readonly ok: true; readonly facts: DataFacts } | DataFailure {
  const outcome = openKind(settings, files, { input, ...use });
  return outcome.ok ? { ok: true, facts: taken(settings, outcome.facts) } : outcome;
}

/** The facts about the part of a data set that is wanted. */
function taken(settings: DataSettings, facts: DataFacts): DataFacts {
  return { ...facts, samples: Math.min(facts.samples, settings.samples) };
}

function prepareSamples(
  settings: DataSettings,
  input: NetworkInput,
  { facts, samples, trainCount: fixedCount, normalize, notes }: Extract<DataOutcome, { ok: true }>,
): PreparedData {
  const { inputs: allInputs, targets: allTargets } = samples();
  const random = new Random(settings.seed, 'split');
  const { order, trainCount } =
    fixedCount === undefined
      ? splitSamples(facts.samples, settings.samples, settings.split, random)
      : { order: Uint32Array.from({ length: facts.samples }, (_, index) => index), trainCount: fixedCount };
  const inputSize = sizeOf(facts.inputShape);
  const targetSize = facts.target.type === 'classes' ? (facts.target.rows ?? 1) : facts.target.size;
  const inputs = takeRows(allInputs, inputSize, order);
  if (normalize === 'standard' || normalize === 'minmax') {
    normalizeFeatures(inputs, inputSize, trainCount, normalize);
  }
  const unknownToken = firstUnknownToken(inputs, input);
  if (unknownToken !== undefined) {
    return dataFailure(settings, 'data-values', unknownToken);
  }
  return {
    ok: true,
    data: {
      inputs,
      targets: takeRows(allTargets, targetSize, order),
      target: facts.target,
      inputShape: input.shape,
      trainCount,
      testCount: order.length - trainCount,
      notes,
    },
  };
}
