/** The first answer: root mean squares over initialisations, and how each layer's share of the decay comes about. */
import type { PredictedLayer } from '../prediction.ts';
import { logErrorSquare, type Backpropagation, type LayerForm } from './backpropagation.ts';

/** `norm`, `p10` and `p90` are the root mean square over initialisations. */
export function rootMeanSquares(run: Backpropagation): readonly PredictedLayer[] {
  return run.forms.map((form, index) => {
    const { byInput, constant } = form.values;
    const norm = Math.exp((Math.log(byInput + constant) + form.logScale) / 2);
    return {
      name: form.place.layer.name,
      norm,
      p10: norm,
      p90: norm,
      error: Math.exp(logErrorSquare(form.errors.before, run.meanMoments, run.weights) / 2),
      decay: decayBetween(run, form, run.forms[index + 1]),
      wide: false,
    };
  });
}

/**
 * ‖∇ₗ‖²/‖∇ₗ₊₁‖² of the parts that grow with the input, split by where the error changes: across everything up to the layer's output
 * (gain), across its activation (derivative); the rest is the size of the inputs, so that the product is exact.
 */
function decayBetween(
  run: Backpropagation,
  own: LayerForm,
  next: LayerForm | undefined,
): PredictedLayer['decay'] {
  if (next === undefined) return undefined;
  const size = (error: LayerForm['errors']['output']) => logErrorSquare(error, run.meanMoments, run.weights);
  const atOutput = size(run.nodeErrors[own.place.output].output);
  const gain = atOutput - size(next.errors.before);
  const derivative = size(own.errors.before) - atOutput;
  const whole = Math.log(own.values.byInput / next.values.byInput) + own.logScale - next.logScale;
  const input = whole - gain - derivative;
  if (![gain, derivative, input].every(Number.isFinite)) return undefined;
  return { gain: Math.exp(gain), derivative: Math.exp(derivative), input: Math.exp(input) };
}
