/** A run as the object that `--json` prints: names and shapes are promises to scripts, see `docs/interfaces.md`. */
import type { MinimumMaximum, Recording, RunResult } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { Band } from './bands.ts';
import { metricExtremes } from './extremes.ts';
import type { Judgement } from './judge.ts';
import { layerStatuses } from './layerStatus.ts';
import type { MetricId } from './metrics.ts';
import type { VerdictCounts } from './overSeeds.ts';
import { precisionLosses, type PrecisionLoss } from './precision.ts';
import type { PredictedLayer } from './prediction.ts';
import type { Finding, Thresholds, Verdict, VerdictKind } from './verdict.ts';

/** One layer with parameters. A quantity that it does not have is left out. */
export interface LayerSummary {
  readonly name: string;
  readonly kind: string;
  readonly line?: number;
  readonly parameters: number;
  readonly predicted?: { readonly norm: number; readonly p10: number; readonly p90: number };
  readonly norm?: MinimumMaximum;
  readonly rms?: MinimumMaximum;
  readonly relative?: MinimumMaximum;
  readonly speed?: MinimumMaximum;
  readonly error?: MinimumMaximum;
  readonly zeroShare?: MinimumMaximum;
  readonly saturation?: MinimumMaximum;
  readonly deadShare?: MinimumMaximum;
  /** What number formats would leave of its gradient, as it was last looked at. */
  readonly precision?: LayerPrecision;
  /** Median and band of the chosen metric at the end of the run, where several seeds were run. */
  readonly overSeeds?: Band;
  /** The chosen metric lies below the threshold at the end of the run: the median over its last fifth. */
  readonly below?: boolean;
}

/** Shares of the gradient's entries, for each format those that it would round to zero: as they are, and with the loss scaled by 2^16. */
export interface LayerPrecision {
  readonly step: number;
  readonly formats: Readonly<
    Record<PrecisionLoss['format'], { readonly flushed: number; readonly scaled: number }>
  >;
}

/** One network over one run, or over several seeds: then it is the run that the verdict speaks of. */
export interface NetworkSummary {
  readonly name: string;
  readonly parameters: number;
  readonly steps: number;
  readonly seconds: number;
  readonly seed: number;
  readonly end: RunResult['end'];
  readonly loss: { readonly first: number; readonly last: number; readonly constant: number };
  readonly accuracy?: { readonly train?: number; readonly test?: number };
  readonly verdict: Verdict;
  /** How often each verdict came up, where several seeds were run. */
  readonly verdicts?: VerdictCounts;
  /** What each seed came to, where several were run. */
  readonly seeds?: readonly {
    readonly seed: number;
    readonly end: RunResult['end'];
    readonly verdict: VerdictKind;
  }[];
  readonly findings: readonly Finding[];
  readonly layers: readonly LayerSummary[];
}

/** What `vgnet analyze --json` prints. */
export interface FileSummary {
  readonly vgnet: 1;
  readonly file: string;
  readonly networks: readonly NetworkSummary[];
}

/** Summary of one run. */
export function summarize(
  network: CheckedNetwork,
  recording: Recording,
  result: RunResult,
  judgement: Judgement,
  thresholds: Thresholds,
  predicted?: readonly PredictedLayer[],
): NetworkSummary {
  const statuses = recording.rows.steps.length === 0 ? [] : layerStatuses(recording, thresholds);
  const { after, before } = result;
  const accuracy = (after ?? before).accuracy;
  const test = (after ?? before).test?.accuracy;
  const { loss } = recording.rows;
  return {
    name: network.name,
    parameters: network.parameters,
    steps: result.steps,
    seconds: result.seconds,
    seed: result.seed,
    end: result.end,
    loss: {
      first: loss[0] ?? before.loss,
      last: loss.at(-1) ?? before.loss,
      constant: result.constantLoss,
    },
    ...((accuracy ?? test) === undefined
      ? {}
      : {
          accuracy: {
            ...(accuracy === undefined ? {} : { train: accuracy }),
            ...(test === undefined ? {} : { test }),
          },
        }),
    verdict: judgement.verdict,
    findings: judgement.findings,
    layers: recording.layers.map((layer, position) => {
      const prediction = predicted?.find((entry) => entry.name === layer.name);
      return {
        name: layer.name,
        kind: layer.kind,
        ...(layer.line === undefined ? {} : { line: layer.line }),
        parameters: layer.parameters,
        ...(prediction === undefined
          ? {}
          : { predicted: { norm: prediction.norm, p10: prediction.p10, p90: prediction.p90 } }),
        ...measured(recording, position),
        ...precisionOf(recording, position),
        ...(statuses[position] === undefined ? {} : { below: statuses[position].state === 'below' }),
      };
    }),
  };
}

function precisionOf({ histograms }: Recording, position: number): Pick<LayerSummary, 'precision'> {
  const last = histograms.at(-1);
  if (last === undefined) return {};
  const formats = Object.fromEntries(
    precisionLosses(last, position).map(({ format, flushed, flushedScaled }) => [
      format,
      { flushed, scaled: flushedScaled },
    ]),
  ) as LayerPrecision['formats'];
  return { precision: { step: last.step, formats } };
}

const reported = [
  'norm',
  'rms',
  'relative',
  'speed',
  'error',
  'zeroShare',
  'saturation',
  'deadShare',
] as const satisfies MetricId[];

/** First, last, smallest and largest of each quantity; without those that are nowhere a number. */
function measured(recording: Recording, position: number): Partial<LayerSummary> {
  if (recording.rows.steps.length === 0) return {};
  const entries = reported.map((metric): [string, MinimumMaximum] => [
    metric,
    metricExtremes(recording, position, metric),
  ]);
  return Object.fromEntries(
    entries.filter(([, { first, last }]) => !(Number.isNaN(first) && Number.isNaN(last))),
  );
}
