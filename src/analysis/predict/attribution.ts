/** Why a gradient is as small or as large as predicted, in words with numbers. */
import type { CheckedNetwork, Layer } from '../../language/network.ts';
import type { PredictedLayer } from '../prediction.ts';
import { formatCount, formatFactor, formatNumber } from '../numbers.ts';

/** Factors within this of 1 are said to leave the signal alone. */
const neutral = 0.03;
/** Layers of a repeat whose factors differ by less are spoken of together. */
const alike = 0.1;

/** Parts of the error that a layer gets of what arrives at the next one, as factors of norms. */
interface Factors {
  readonly derivative: number;
  readonly gain: number;
}

/**
 * One sentence on what happens to the error between the next layer with parameters and this one, or along the whole repeat where its
 * layers are alike; undefined for the last layer and beside exact zeros.
 */
export function attributionSentence(
  network: CheckedNetwork,
  predicted: readonly PredictedLayer[],
  name: string,
): string | undefined {
  const position = predicted.findIndex((layer) => layer.name === name);
  const layer = network.layers.find((candidate) => candidate.name === name);
  const own = factorsOf(predicted[position]);
  const next = predicted[position + 1];
  if (layer === undefined || own === undefined || next === undefined) return undefined;
  const slope = slopeWords(layer, own.derivative);
  const weights = gainWords(own.gain);
  const begin =
    slope === undefined
      ? capitalised(weights)
      : `${recurrent(layer) ? capitalised(slope) : slope} and ${weights}`;
  const factor = own.derivative * own.gain;
  const together = repeatIsAlike(network, predicted, layer, factor);
  const share = formatNumber(factor);
  if (Math.abs(factor - 1) < neutral) {
    return together
      ? `${begin}, so each layer passes the error on as it is.`
      : `${begin}, so the error of ${next.name} arrives as it is.`;
  }
  const change = factor < 1 ? `${formatFactor(1 / factor)} times less` : `${formatFactor(factor)} times more`;
  return together
    ? `${begin}, so each layer passes on ${share} of it: ${change} per layer.`
    : `${begin}, so ${share} of the error of ${next.name} arrives: ${change}.`;
}

function factorsOf(layer: PredictedLayer | undefined): Factors | undefined {
  const { decay } = layer ?? {};
  return decay && { derivative: Math.sqrt(decay.derivative), gain: Math.sqrt(decay.gain) };
}

function slopeWords(layer: Layer, derivative: number): string | undefined {
  if (recurrent(layer)) {
    const steps = `${formatCount(layer.inputShape[0])} time steps`;
    return derivative < 1
      ? `over ${steps} ${formatNumber(derivative)} of the error gets through`
      : `over ${steps} the error grows ${formatFactor(derivative)} times`;
  }
  if (!('activation' in layer) || layer.activation.name === 'linear') return undefined;
  return `${layer.activation.name}′ averages ${formatNumber(derivative)} here`;
}

function recurrent(layer: Layer): boolean {
  return layer.kind === 'rnn' || layer.kind === 'lstm' || layer.kind === 'gru';
}

function gainWords(gain: number): string {
  if (Math.abs(gain - 1) < neutral) return 'the weights neither grow nor shrink the signal';
  return gain < 1
    ? `the weights shrink the signal to ${formatNumber(gain)} of it`
    : `the weights make the signal ${formatFactor(gain)} times larger`;
}

/** The layer is one of several instances of a repeat, and the error changes alike in all that have a successor among them. */
function repeatIsAlike(
  network: CheckedNetwork,
  predicted: readonly PredictedLayer[],
  layer: Layer,
  factor: number,
): boolean {
  if (layer.repeat === undefined) return false;
  const siblings = network.layers.filter((other) => other.repeat !== undefined && other.line === layer.line);
  const inner = siblings.slice(0, -1);
  return (
    inner.length > 1 &&
    inner.includes(layer) &&
    inner.every((sibling) => {
      const other = factorsOf(predicted.find(({ name }) => name === sibling.name));
      return other !== undefined && Math.abs(other.derivative * other.gain - factor) < alike * factor;
    })
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
