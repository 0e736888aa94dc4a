/**
 * Where the signal is lost: how much of the error a layer passes on, split into its causes.
 *
 * ‖δₗ‖/‖δₗ₊₁‖ = (‖δₗ‖/‖∂L/∂hₗ‖) · (‖∂L/∂hₗ‖/‖δₗ₊₁‖): the activation's derivative at layer l, then the gain of layer
 * l+1's weights on the way back.
 */
import { quantitiesPerLayer, quantityOffset } from './metrics.ts';

/** One layer's part in the decay towards the input; NaN where a factor is not defined (0/0, or the output layer's gain). */
export interface DecayFactors {
  /** What the activation's derivative leaves of the error: ‖δₗ‖ / ‖∂L/∂hₗ‖. */
  readonly derivative: number;
  /** What the weights between this layer and the next one leave of it: ‖∂L/∂hₗ‖ / ‖δₗ₊₁‖. */
  readonly gain: number;
  /** Both: ‖δₗ‖ / ‖δₗ₊₁‖. */
  readonly error: number;
  /** Size of the layer's input relative to the next layer's, the other factor of a weight gradient: ‖hₗ₋₁‖ / ‖hₗ‖. */
  readonly input: number;
}

/** Decay factors of every layer, from input to output, from one row whose layers begin at `values[offset]`. */
export function decayFactors(values: ArrayLike<number>, offset: number, layers: number): DecayFactors[] {
  const read = (layer: number, quantity: keyof typeof quantityOffset): number =>
    layer < layers ? (values[offset + layer * quantitiesPerLayer + quantityOffset[quantity]] ?? NaN) : NaN;
  return Array.from({ length: layers }, (_, layer) => ({
    derivative: quotient(read(layer, 'error'), read(layer, 'outputError')),
    gain: quotient(read(layer, 'outputError'), read(layer + 1, 'error')),
    error: quotient(read(layer, 'error'), read(layer + 1, 'error')),
    input: quotient(read(layer, 'inputNorm'), read(layer + 1, 'inputNorm')),
  }));
}

function quotient(numerator: number, denominator: number): number {
  return denominator > 0 ? numerator / denominator : Number.NaN;
}
