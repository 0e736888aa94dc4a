/** Layer by layer: is it below (or above) what the thresholds allow, since when, and what its lens says. */
import type { RecordedLayer, Recording } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import { metricOf, quantitiesPerLayer } from './metrics.ts';
import { formatNumber, formatSetting } from './numbers.ts';
import type { Thresholds, Verdict, VerdictKind } from './verdict.ts';

/** A layer at the end of its run, against the thresholds. */
export interface LayerStatus {
  readonly layer: RecordedLayer;
  readonly position: number;
  /** Last value of the thresholds' metric. */
  readonly value: number;
  readonly state: 'below' | 'above' | 'not finite' | 'within';
  /** First step of the unbroken stretch up to the end in which it was in this state. */
  readonly since: number;
}

/** What a lens above a layer line says. */
export interface LayerWarning {
  /** 1-based line of the layer, or of the outermost `repeat` that made it. */
  readonly line: number;
  /** Names of the layers that are warned of. */
  readonly layers: readonly string[];
  readonly message: string;
}

/** Status of every recorded layer. */
export function layerStatuses(recording: Recording, thresholds: Thresholds): LayerStatus[] {
  const { steps, values } = recording.rows;
  const metric = metricOf(thresholds.metric);
  const stride = recording.layers.length * quantitiesPerLayer;
  return recording.layers.map((layer, position) => {
    const read = (row: number): number =>
      metric.read(values, row * stride + position * quantitiesPerLayer, layer.parameters);
    const stateAt = (row: number): LayerStatus['state'] => {
      const value = read(row);
      if (!Number.isFinite(value)) return 'not finite';
      return value < thresholds.threshold ? 'below' : value > thresholds.explode ? 'above' : 'within';
    };
    const last = steps.length - 1;
    const state = stateAt(last);
    let row = last;
    while (row > 0 && stateAt(row - 1) === state) row -= 1;
    return { layer, position, value: read(last), state, since: steps[row] ?? 0 };
  });
}

/** Verdicts under which a small gradient is what it should be, or means nothing. */
const quiet: ReadonlySet<VerdictKind> = new Set(['converged']);

/** Warnings by line, one for each layer line or `repeat` with at least one layer out of bounds; none for a network that has converged. */
export function layerWarnings(
  recording: Recording,
  network: CheckedNetwork,
  verdict: Verdict,
  thresholds: Thresholds,
): LayerWarning[] {
  if (quiet.has(verdict.kind) || recording.rows.steps.length === 0) return [];
  const repeats = new Map(network.layers.map((layer) => [layer.name, layer.repeat?.line]));
  const byLine = new Map<number, LayerStatus[]>();
  for (const status of layerStatuses(recording, thresholds)) {
    const line = repeats.get(status.layer.name) ?? status.layer.line;
    if (line === undefined) continue;
    byLine.set(line, [...(byLine.get(line) ?? []), status]);
  }
  return [...byLine].flatMap(([line, statuses]) => {
    const wrong = statuses.filter((status) => status.state !== 'within');
    const [first] = wrong;
    if (first === undefined) return [];
    const message =
      statuses.length === 1 ? single(first, thresholds) : several(wrong, statuses.length, thresholds);
    return [{ line, layers: wrong.map((status) => status.layer.name), message }];
  });
}

const metricNames = { norm: 'gradient norm', rms: 'rms gradient', relative: 'relative gradient' } as const;

/** `gradient norm 2.30e-7, below 1e-4 since step 0`. */
function single(status: LayerStatus, thresholds: Thresholds): string {
  const name = metricNames[thresholds.metric];
  if (status.state === 'not finite') return `${name} not finite since step ${status.since}`;
  const limit = status.state === 'below' ? thresholds.threshold : thresholds.explode;
  return `${name} ${formatNumber(status.value)}, ${status.state} ${formatSetting(limit)} since step ${status.since}`;
}

/** `6 of 8 below 1e-4, smallest hidden[1] 2.30e-7`. */
function several(wrong: readonly LayerStatus[], count: number, thresholds: Thresholds): string {
  const parts = (['not finite', 'above', 'below'] as const).flatMap((state) => {
    const group = wrong.filter((status) => status.state === state);
    const [first] = group;
    if (first === undefined) return [];
    if (state === 'not finite') return [`${group.length} of ${count} not finite since step ${first.since}`];
    const sign = state === 'below' ? -1 : 1;
    const extreme = group.reduce((best, status) => (sign * (status.value - best.value) > 0 ? status : best));
    const limit = state === 'below' ? thresholds.threshold : thresholds.explode;
    const word = state === 'below' ? 'smallest' : 'largest';
    return [
      `${group.length} of ${count} ${state} ${formatSetting(limit)}, ${word} ${extreme.layer.name} ${formatNumber(extreme.value)}`,
    ];
  });
  return parts.join('; ');
}
