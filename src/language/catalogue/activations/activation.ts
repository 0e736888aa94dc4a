import type { ActivationName } from '../../network.ts';
import type { CatalogueEntry } from '../entry.ts';

/** An activation with what is known about its derivative, which is its part in every gradient that passes through it. */
export interface ActivationEntry extends CatalogueEntry {
  readonly name: ActivationName;
  /** Largest value of |φ′| over all inputs; Infinity where it grows without bound. */
  readonly largestDerivative: number;
  /** How its derivative vanishes: towards both sides (`sigmoid`), on the negative side (`relu`), or nowhere. */
  readonly flat: 'both sides' | 'left' | 'nowhere';
  /** The initialiser that keeps the signal's size through a deep stack of it. */
  readonly initialiser: 'xavier' | 'kaiming' | 'lecun';
}
