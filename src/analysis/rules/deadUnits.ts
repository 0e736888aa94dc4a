/** Rectifiers that are zero for every sample: no gradient passes them, and none ever will. */
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatShare } from '../numbers.ts';
import { isStuck, lossAgainstConstant, nameLayers } from '../words.ts';

/** Activations that are exactly zero, with derivative zero, on a half-line. */
const rectifiers: ReadonlySet<string> = new Set(['relu', 'relu6', 'hard_swish']);

export function deadUnits(facts: Facts): Ruling | undefined {
  const { units, layers, learning } = facts;
  const share = (position: number): number =>
    rectifiers.has(layers[position]?.activation ?? '') ? (units.deadShare[position] ?? 0) : 0;
  const among = (least: number): number[] =>
    layers.flatMap((_, position) => (share(position) >= least ? [position] : []));
  const whole = among(limits.deadLayerShare);
  const stuck = isStuck(learning);
  const found = whole.length > 0 ? whole : among(stuck ? limits.deadUnitsShare : limits.deadUnitsWorthSaying);
  const [first] = found;
  if (first === undefined) return undefined;
  const names = namesOf(facts, found);
  const worst = Math.max(...found.map(share));
  const evidence = {
    deadShare: worst,
    layer: names[0] ?? '',
    loss: learning.after,
    constantLoss: learning.constant,
  };
  const blocked = whole.length > 0 && stuck;
  const message = blocked
    ? `no unit of ${nameLayers(names)} fires for any sample: nothing passes, and the layers below get no gradient (${lossAgainstConstant(learning)})`
    : `${formatShare(worst)} of the units of ${nameLayers(names)} are zero for every sample of the data`;
  const finding = {
    id: 'dead-units',
    severity: stuck ? 'warning' : 'information',
    layers: names,
    message,
    evidence,
  } as const;
  return blocked ? { finding, verdict: { kind: 'dead-units', message } } : { finding };
}
