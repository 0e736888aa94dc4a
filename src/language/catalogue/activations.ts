import type { ActivationEntry } from './activations/activation.ts';
import { bounded } from './activations/bounded.ts';
import { rectifying } from './activations/rectifying.ts';

export type { ActivationEntry } from './activations/activation.ts';

/** Every activation, in the order of the reference. */
export const activations: readonly ActivationEntry[] = [...bounded, ...rectifying];
