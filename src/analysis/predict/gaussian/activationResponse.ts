/** How an activation's output and derivative follow the variance of its input, far from where a straight line would do. */
import type { Activation } from '../../../language/network.ts';
import { expand } from './expansion.ts';
import { quick } from './gradedRule.ts';

/** ln E[φ²] and ln E[φ′²] as functions of ln q. */
export interface ActivationResponse {
  readonly value: (logVariance: number) => number;
  readonly derivative: (logVariance: number) => number;
}

const lowest = -24;
const highest = 18;
const step = 0.25;
const places = Float64Array.from(
  { length: (highest - lowest) / step + 1 },
  (_, index) => lowest + index * step,
);

const known = new Map<string, ActivationResponse>();
/** Biases of many different means would be rare; they must not fill the memory. */
const mostKnown = 64;

/** Tabulated once for each activation and mean of its input. */
export function activationResponse(activation: Activation, mean: number): ActivationResponse {
  const key = `${activation.name} ${activation.parameter} ${mean}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { square, derivativeSquare } = expand(
    activation,
    new Float64Array(places.length).fill(mean),
    places.map(Math.exp),
    quick,
  );
  const response = { value: interpolated(square), derivative: interpolated(derivativeSquare) };
  if (known.size >= mostKnown) known.clear();
  known.set(key, response);
  return response;
}

/** Straight between the places, and on from the last two beyond them: there, φ is a power of its input or a constant. */
function interpolated(values: Float64Array): (logVariance: number) => number {
  const logs = values.map((value) => Math.log(Math.max(value, Number.MIN_VALUE)));
  const last = logs.length - 2;
  return (logVariance) => {
    const place = (logVariance - lowest) / step;
    const index = Math.max(0, Math.min(last, Math.floor(place)));
    return logs[index] + (place - index) * (logs[index + 1] - logs[index]);
  };
}
