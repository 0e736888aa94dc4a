/** Where the signal is lost: each layer's part, split into what the activation, the weights and the input do. */
import { decayFactors } from '../../src/analysis/decay.ts';
import { quantitiesPerLayer } from '../../src/analysis/metrics.ts';
import { formatCount, formatFactor } from '../../src/analysis/numbers.ts';
import type { ShownRun } from '../state/state.ts';
import { evenlyChosen } from './thin.ts';

/** The parts in the order in which they are drawn, with their words. */
export const decayParts = [
  { id: 'derivative', name: 'activation′' },
  { id: 'gain', name: 'weights' },
  { id: 'input', name: 'input size' },
] as const;
export type DecayPart = (typeof decayParts)[number]['id'];

/** One layer's factors on the way from the next layer back to it; NaN where one is not defined. */
export interface LayerDecay {
  readonly layer: number;
  readonly derivative: number;
  readonly gain: number;
  readonly input: number;
  /** ‖δₗ‖ / ‖δₗ₊₁‖ = derivative x gain, where these are defined. */
  readonly error: number;
}

/** The factors of all layers in one row of a run, the last layer left out: nothing is behind it. */
export function layerDecays(run: ShownRun, row: number): LayerDecay[] {
  const { layers } = run.header;
  const { values } = run.recording.rows;
  const factors = decayFactors(values, row * layers.length * quantitiesPerLayer, layers.length);
  // The error of a recurrent layer is a sum over time, in which its parts are not to be told from one another.
  const isRecurrent = (layer: number): boolean => layers[layer]?.timeSteps !== undefined;
  return factors.slice(0, -1).map((each, layer) => ({
    layer,
    ...each,
    ...(isRecurrent(layer) ? { derivative: Number.NaN } : {}),
    ...(isRecurrent(layer) || isRecurrent(layer + 1) ? { gain: Number.NaN } : {}),
  }));
}

/** Rows that say how far the factors of a run reach; each costs a pass over its layers. */
const mostSampledRows = 64;

/** How far the factors of a run reach, from evenly spread rows, the first and the last among them: what an axis over them is made of. */
export function decayReach(run: ShownRun): number[] {
  const rows = evenlyChosen(run.recording.rows.steps.length, mostSampledRows);
  const factors = rows.flatMap((row) => factorsOf(layerDecays(run, row)));
  const [least, most] = factors
    .filter((factor) => factor > 0 && factor < Infinity)
    .reduce(([low, high], factor) => [Math.min(low, factor), Math.max(high, factor)], [Infinity, 0]);
  return [
    ...(least <= most ? [least, most] : []),
    ...(factors.includes(0) ? [0] : []),
    ...(factors.includes(Infinity) ? [Infinity] : []),
  ];
}

/** The factors alone; what is not defined (0/0) is missing, not infinite. */
export function factorsOf(decays: readonly LayerDecay[]): number[] {
  return decays
    .flatMap(({ derivative, gain, input, error }) => [derivative, gain, input, error])
    .filter((value) => !Number.isNaN(value));
}

const split = new WeakMap<ShownRun, boolean>();

/** Whether a run has what the split is made of: logs of other tools seldom do. Asked in every frame, found out once. */
export function hasDecay(run: ShownRun): boolean {
  const found =
    split.get(run) ??
    (run.header.layers.length > 1 && layerDecays(run, 0).some(({ error }) => !Number.isNaN(error)));
  split.set(run, found);
  return found;
}

/** In words: how much the error shrinks per layer, and where most. */
export function describeDecay(
  run: ShownRun,
  decays: readonly LayerDecay[],
  step: number | undefined,
): string {
  const cut = decays.findLast(({ error }) => error === 0);
  if (cut !== undefined) {
    const name = run.header.layers[cut.layer]?.name ?? '';
    return `${name} passes on nothing: from there to the input the error is exactly 0.`;
  }
  const known = decays.filter(({ error }) => error > 0 && error < Infinity);
  const [first] = known;
  if (first === undefined)
    return `At step ${formatCount(step ?? 0)} no error is a number that could be split; an earlier step may have one.`;
  const total = known.reduce((product, { error }) => product * error, 1);
  const perLayer = total ** (1 / known.length);
  const least = known.reduce((worst, each) => (each.error < worst.error ? each : worst), first);
  const name = run.header.layers[least.layer]?.name ?? '';
  return `From the output to the input the error ${change(total)}, ${factorWords(perLayer)} per layer; ${name} passes on least, ${formatFactor(least.error)} of it.${recurrentWords(run)}`;
}

/** Why a recurrent layer has no bars for its activation and its weights. */
function recurrentWords({ header }: ShownRun): string {
  const has = header.layers.some(({ timeSteps }) => timeSteps !== undefined);
  return has ? ' What a recurrent layer loses it loses through time.' : '';
}

function change(total: number): string {
  return total < 1 ? `shrinks ${formatFactor(1 / total)} times` : `grows ${formatFactor(total)} times`;
}

function factorWords(perLayer: number): string {
  return `a factor of ${formatFactor(perLayer)}`;
}
