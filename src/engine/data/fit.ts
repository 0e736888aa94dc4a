import { fittingInput, lossMismatch } from '../../language/checking/fit.ts';
import type { DataSettings, NetworkInput } from '../../language/network.ts';
import type { DataFacts } from '../../protocol/worker.ts';
import { dataFailure, sizeOf, type DataFailure, type DataUse } from './dataSet.ts';

/** Holds the data against the network's input and output, as the language does where it knows the data; undefined where all fits. */
export function misfit(settings: DataSettings, facts: DataFacts, use: DataUse): DataFailure | undefined {
  const fitting = fittingInput(settings.kind, facts, use.input);
  if (fitting !== undefined) {
    const message = `\`data ${settings.kind}\` has samples for \`input ${fitting}\`, not for \`${written(use.input)}\`.`;
    return dataFailure(settings, 'data-shape', message);
  }
  const mismatch = lossMismatch(use.loss, facts.target, use.outputShape, settings.kind);
  return mismatch && dataFailure(settings, 'loss-shape', mismatch.message);
}

function written({ shape, vocabulary }: NetworkInput): string {
  return `input ${shape.join('x')}${vocabulary === undefined ? '' : ` vocab=${vocabulary}`}`;
}

/** The first input that is no token of the network's vocabulary, in words. `inputs` is samples x time steps. */
export function firstUnknownToken(
  inputs: Float64Array,
  { shape, vocabulary }: NetworkInput,
): string | undefined {
  if (vocabulary === undefined) {
    return undefined;
  }
  const place = inputs.findIndex((token) => !(Number.isInteger(token) && token >= 0 && token < vocabulary));
  return place < 0
    ? undefined
    : `Sample ${Math.floor(place / sizeOf(shape))} holds ${inputs[place]}, which is no token: the vocabulary is 0 … ${vocabulary - 1}.`;
}
