/** A normalisation behind every hidden layer: the scale of the weights no longer matters. */
import { insertBehind } from '../../language/edit/statements.ts';
import { isWeighted } from './activation.ts';
import type { Family, Part } from './fix.ts';
import { everyHidden, placeOf } from './patient.ts';
import { ba2016, ioffe2015 } from './sources.ts';

/** Over fewer units of one sample a normalisation leaves little but their signs. */
const leastUnits = 8;

export const normalisation: Family = (patient) => {
  const { file, network, parts } = patient;
  if (network.layers.some(({ kind }) => kind.endsWith('norm'))) return [];
  const hidden = parts.filter((part) => isWeighted(part) && part.hidden);
  if (hidden.length === 0) return [];
  // Behind the activation where that has a line of its own.
  const behind = hidden.map((part) => {
    const next = parts[parts.indexOf(part) + 1];
    return next?.line.kind.text === 'activation' && next.hidden ? next : part;
  });
  const over = (kind: 'layernorm' | 'batchnorm') =>
    behind.map(({ line }) => insertBehind(file.text, line, kind));
  const place = placeOf(hidden, patient);
  const single = hidden.length === 1 && hidden[0]?.layers.length === 1;
  const where =
    single || place === everyHidden ? place : hidden.length > 1 ? everyHidden : `every layer of ${place}`;
  const batchnorm = {
    title: `batchnorm behind ${where}`,
    edits: over('batchnorm'),
    why: 'Every feature gets mean 0 and deviation 1 over the batch, so that the scale of signals and errors no longer depends on the weights.',
    source: ioffe2015,
  };
  if (hidden.some(isNarrowOrImage)) return [batchnorm];
  const layernorm = {
    title: `layernorm behind ${where}`,
    edits: over('layernorm'),
    why: 'Every sample gets mean 0 and deviation 1 over its features, so that signals can neither fade nor grow with depth.',
    source: ba2016,
  };
  return [layernorm, batchnorm];
};

function isNarrowOrImage({ layers }: Part): boolean {
  return layers.some(({ kind, outputShape }) => kind === 'conv' || (outputShape.at(-1) ?? 0) < leastUnits);
}
