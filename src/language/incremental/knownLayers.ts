import type { ResolvedArguments } from '../checking/resolved.ts';
import type { LayerStep } from '../checking/steps.ts';

/** The layers of an earlier check, by where they were. */
export class KnownLayers {
  private readonly steps: readonly LayerStep[];
  private readonly surplus: number;

  /** `surplus`: how many layers there are more than then, all of them in one place. */
  constructor(steps: readonly LayerStep[] = [], surplus = 0) {
    this.steps = steps;
    this.surplus = surplus;
  }

  /** The layer that lines of this text made here, or so much further on. */
  at(index: number, written: ResolvedArguments['written']): LayerStep | undefined {
    const here: LayerStep | undefined = this.steps[index];
    if (here?.prepared.arguments?.written === written) return here;
    const there: LayerStep | undefined = this.steps[index - this.surplus];
    return there?.prepared.arguments?.written === written ? there : undefined;
  }

  /** What the check after this one can know: where a mistake ends these steps, the earlier ones are not forgotten behind them. */
  follow(steps: readonly LayerStep[]): readonly LayerStep[] {
    return steps.length < this.steps.length ? [...steps, ...this.steps.slice(steps.length)] : steps;
  }
}
