/** Rectifiers that are zero for every sample: no gradient passes them, and none ever will. */
import type { CheckedNetwork } from '../../language/network.ts';
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatShare } from '../numbers.ts';
import { isStuck, lossAgainstConstant, nameLayers } from '../words.ts';

/** Activations that are exactly zero, with derivative zero, on a half-line. */
const rectifiers: ReadonlySet<string> = new Set(['relu', 'relu6', 'hard_swish']);

export function deadUnits(facts: Facts): Ruling | undefined {
  const { learning, end, thresholds } = facts;
  const stuck = isStuck(learning);
  const layers = rectifierLayers(facts);
  const whole = layers.filter(({ share }) => share >= limits.deadLayerShare);
  const strangled = layers.filter(
    ({ living, livingBefore, share }) =>
      living <= limits.strangledUnits && livingBefore <= limits.narrowUnits && share >= limits.deadUnitsShare,
  );
  if (stuck && whole.length > 0) {
    const names = namesOf(facts, positionsOf(whole));
    const message = `no unit of ${nameLayers(names)} fires for any sample: nothing passes, and the layers below get no gradient (${lossAgainstConstant(learning)})`;
    return blocked(facts, whole, message);
  }
  // A narrow network may also simply not have learned yet: the gradients must be as good as gone.
  if (stuck && strangled.length > 0 && end.metric.smallest < thresholds.threshold) {
    const narrowest = strangled.reduce((least, layer) => (layer.living < least.living ? layer : least));
    const [name] = namesOf(facts, [narrowest.position]);
    const message = `only ${narrowest.living} of ${narrowest.units} units of ${name} fire for any sample, and nothing is learned (${lossAgainstConstant(learning)})`;
    return blocked(facts, strangled, message);
  }
  const severed = layers.filter((layer) => isSevered(facts, layer));
  if (stuck && severed.length > 0) {
    const names = nameLayers(namesOf(facts, positionsOf(severed)));
    const worst = Math.max(...severed.map(({ share }) => share));
    const message = `${formatShare(worst)} of the units of ${names} are zero for every sample of the data, and no gradient passes those that are left (${lossAgainstConstant(learning)})`;
    return blocked(facts, severed, message);
  }
  const least = stuck ? limits.deadUnitsShare : limits.deadUnitsWorthSaying;
  const many = layers.filter(({ share }) => share >= least);
  if (many.length === 0) return undefined;
  const names = namesOf(facts, positionsOf(many));
  const worst = Math.max(...many.map(({ share }) => share));
  const message = `${formatShare(worst)} of the units of ${nameLayers(names)} are zero for every sample of the data`;
  const severity = stuck ? 'warning' : 'information';
  return {
    finding: { id: 'dead-units', severity, layers: names, message, evidence: evidence(facts, worst) },
  };
}

/** The rectifier units of a layer, counted over the whole data set. */
interface Rectifiers {
  readonly position: number;
  /** Share of the units that are zero for every sample. */
  readonly share: number;
  readonly units: number;
  readonly living: number;
  readonly livingBefore: number;
}

function rectifierLayers({ layers, network, units: now, result }: Facts): Rectifiers[] {
  return layers.flatMap(({ name, activation }, position) => {
    const share = now.deadShare[position] ?? Number.NaN;
    if (Number.isNaN(share) || !rectifiers.has(activation ?? '')) return [];
    const units = unitsOf(network, name);
    const living = Math.round(units * (1 - share));
    const livingBefore = Math.round(units * (1 - (result.before.deadShare[position] ?? 0)));
    return [{ position, share, units, living, livingBefore }];
  });
}

/** Most of the units are dead and none of the error that arrives behind the layer gets into it: those that are left fire for samples that hardly any batch has. */
function isSevered({ end }: Facts, { position, share }: Rectifiers): boolean {
  const arriving = end.norm.values[position + 1] ?? Number.NaN;
  return (
    share >= limits.deadUnitsShare && end.norm.values[position] === 0 && arriving > limits.underflowNeighbour
  );
}

/** Units, or channels, of the layer. */
function unitsOf({ layers }: CheckedNetwork, name: string): number {
  const layer = layers.find((candidate) => candidate.name === name);
  if (layer === undefined) throw new Error(`${name} was recorded but is no layer of the network`);
  return (layer.kind === 'conv' ? layer.outputShape[0] : layer.outputShape.at(-1)) ?? 1;
}

function blocked(facts: Facts, found: readonly Rectifiers[], message: string): Ruling {
  const layers = namesOf(facts, positionsOf(found));
  const worst = Math.max(...found.map(({ share }) => share));
  return {
    finding: { id: 'dead-units', severity: 'warning', layers, message, evidence: evidence(facts, worst) },
    verdict: { kind: 'dead-units', message },
  };
}

function evidence({ learning }: Facts, deadShare: number): Record<string, number> {
  return { deadShare, loss: learning.after, constantLoss: learning.constant };
}

function positionsOf(found: readonly Rectifiers[]): number[] {
  return found.map(({ position }) => position);
}
