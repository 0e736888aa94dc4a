import type { DataSettings, NetworkInput, Shape } from '../../language/network.ts';
import type { DataFacts } from '../../protocol/worker.ts';
import { sizeOf } from './dataSet.ts';

/** Why the samples do not fit the network's input, in words; undefined where they do. */
export function inputMismatch(
  settings: DataSettings,
  facts: DataFacts,
  input: NetworkInput,
): string | undefined {
  const { shape, vocabulary } = input;
  if (facts.vocabulary !== undefined) {
    const fits =
      vocabulary !== undefined && vocabulary >= facts.vocabulary && equalShapes(facts.inputShape, shape);
    const wanted = `${facts.inputShape.join('x')} vocab=${facts.vocabulary}`;
    return fits
      ? undefined
      : `\`data ${settings.kind}\` has samples for \`input ${wanted}\`, not for \`${written(input)}\`.`;
  }
  return equalShapes(facts.inputShape, shape) ||
    (mayBeReshaped(settings) && sizeOf(facts.inputShape) === sizeOf(shape))
    ? undefined
    : `\`data ${settings.kind}\` has samples for \`input ${facts.inputShape.join('x')}\`, not for \`${written(input)}\`.`;
}

/** Images and rows of a table are numbers in a row that a network may take in any shape of as many. */
function mayBeReshaped(settings: DataSettings): boolean {
  return settings.kind === 'digits' || settings.kind === 'mnist' || settings.kind === 'csv';
}

function equalShapes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, index) => size === b[index]);
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
