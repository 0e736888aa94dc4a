/** Where the signal is lost: each layer's part, split into what the activation, the weights and the input do. */
import { decayFactors } from '../../src/analysis/decay.ts';
import { formatFactor } from '../../src/analysis/numbers.ts';
import { quantitiesPerLayer } from '../../src/analysis/metrics.ts';
import type { ShownRun } from '../state/state.ts';

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
  /** ‖δₗ‖ / ‖δₗ₊₁‖ = derivative x gain. */
  readonly error: number;
}

/** The factors of all layers in one row of a run, the last layer left out: nothing is behind it. */
export function layerDecays(run: ShownRun, row: number): LayerDecay[] {
  const { layers } = run.header;
  const { values } = run.recording.rows;
  const factors = decayFactors(values, row * layers.length * quantitiesPerLayer, layers.length);
  return factors.slice(0, -1).map((each, layer) => ({ layer, ...each }));
}

/** Whether a run has what the split is made of: logs of other tools seldom do. */
export function hasDecay(run: ShownRun): boolean {
  return run.header.layers.length > 1 && layerDecays(run, 0).some(({ error }) => !Number.isNaN(error));
}

/** In words: how much the error shrinks per layer, and where most. */
export function describeDecay(run: ShownRun, decays: readonly LayerDecay[]): string {
  const cut = decays.findLast(({ error }) => error === 0);
  if (cut !== undefined) {
    const name = run.header.layers[cut.layer]?.name ?? '';
    return `${name} passes on nothing: from there to the input the error is exactly 0.`;
  }
  const known = decays.filter(({ error }) => error > 0 && error < Infinity);
  const [first] = known;
  if (first === undefined) return 'No layer passes on a part of the error that could be split.';
  const total = known.reduce((product, { error }) => product * error, 1);
  const perLayer = total ** (1 / known.length);
  const least = known.reduce((worst, each) => (each.error < worst.error ? each : worst), first);
  const name = run.header.layers[least.layer]?.name ?? '';
  return `From the output to the input the error ${change(total)}, ${factorWords(perLayer)} per layer; ${name} passes on least, ${formatFactor(least.error)} of it.`;
}

function change(total: number): string {
  return total < 1 ? `shrinks ${formatFactor(1 / total)} times` : `grows ${formatFactor(total)} times`;
}

function factorWords(perLayer: number): string {
  return `a factor of ${formatFactor(perLayer)}`;
}
