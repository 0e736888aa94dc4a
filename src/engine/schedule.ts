import type { Schedule } from '../language/network.ts';
import { elementary } from './kernels/load.ts';

/**
 * The factor on the learning rate of update number `step` (from 0) of `steps`.
 *
 * - `step`: γ^⌊step / size⌋, PyTorch's `StepLR` with one scheduler step an update
 * - `cosine`: ½ (1 + cos(π progress)), PyTorch's `CosineAnnealingLR` to zero (Loshchilov & Hutter 2017, eq. 5)
 * - `linear`: 1 − progress, PyTorch's `LinearLR` from 1 to 0
 *
 * With `warmup` the first updates take (step + 1) / warmup, and progress counts from there.
 */
export function scheduleFactor(schedule: Schedule, step: number, steps: number): number {
  switch (schedule.name) {
    case 'constant':
      return 1;
    case 'step': {
      let factor = 1;
      for (let drop = 0; drop < Math.floor(step / schedule.size); drop++) factor *= schedule.gamma;
      return factor;
    }
    case 'cosine':
    case 'linear': {
      if (step < schedule.warmup) return (step + 1) / schedule.warmup;
      const progress = (step - schedule.warmup) / Math.max(1, steps - schedule.warmup);
      return schedule.name === 'linear' ? 1 - progress : 0.5 * (1 + elementary.cosine(Math.PI * progress));
    }
    default:
      return schedule satisfies never;
  }
}
