/** What several seeds of a network have in common, as the part of a summary that scripts read. */
import type { Recording, RunResult } from '../engine/recording.ts';
import { bandOf } from './bands.ts';
import type { Judgement } from './judge.ts';
import { layerStatuses } from './layerStatus.ts';
import type { VerdictCounts } from './overSeeds.ts';
import type { LayerSummary, NetworkSummary } from './summary.ts';
import type { Thresholds } from './verdict.ts';

/** One seed's run. */
export interface SeedRun {
  readonly recording: Recording;
  readonly result: RunResult;
  readonly judgement: Judgement;
  readonly thresholds: Thresholds;
}

/** How often each verdict came up, which seed came to what, and each layer's band over the seeds. */
export function summarizeSeeds(
  runs: readonly SeedRun[],
  verdicts: VerdictCounts,
  layers: readonly LayerSummary[],
): Pick<NetworkSummary, 'verdicts' | 'seeds' | 'layers'> {
  const statuses = runs.map(({ recording, thresholds }) =>
    recording.rows.steps.length === 0 ? [] : layerStatuses(recording, thresholds),
  );
  return {
    verdicts,
    seeds: runs.map(({ result, judgement }) => ({
      seed: result.seed,
      end: result.end,
      verdict: judgement.verdict.kind,
    })),
    layers: layers.map((layer, position) => {
      const band = bandOf(statuses.map((ofRun) => ofRun[position]?.value ?? Number.NaN));
      return band === undefined ? layer : { ...layer, overSeeds: band };
    }),
  };
}
