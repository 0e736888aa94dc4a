/** Made-up runs and what is judged of them. */
import { judge, type Judgement } from '../../src/analysis/judge.ts';
import { defaultThresholds, type Thresholds } from '../../src/analysis/verdict.ts';
import { sampleRun, type SampleRun } from './sampleRun.ts';

/** Verdict and findings of a run under a person's own limits. */
export function judged(run: SampleRun, thresholds: Partial<Thresholds> = {}): Judgement {
  const { recording, result, network } = sampleRun(run);
  return judge(recording, result, network, { ...defaultThresholds, ...thresholds });
}

/** The loss stays where a constant answer's is. */
export const stalled: SampleRun = { losses: (time) => 0.7 + 0.01 * Math.cos(40 * time) };
/** A quantity that shrinks by a factor from layer to layer towards the input. */
export const shrinking =
  (perLayer: number, from = 0.1, layers = 4) =>
  (layer: number) =>
    from * perLayer ** (layer - (layers - 1));
