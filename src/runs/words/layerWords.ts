/** What a layer's lens says, and whether it has something to say. */
import { formatNumber, formatSetting, formatShare } from '../../analysis/numbers.ts';
import { metricOf } from '../../analysis/metrics.ts';
import type { Finding, VerdictKind } from '../../analysis/verdict.ts';
import type { RecordedLayer } from '../../engine/recording.ts';
import type { Session } from '../session.ts';
import { crossing, extremes, type Crossing } from '../measured.ts';

/** Verdicts under which a gradient beyond a threshold is a fault; a small gradient of a network that has learned is none. */
const faults: ReadonlySet<VerdictKind> = new Set([
  'vanishing',
  'exploding',
  'uniformly-small',
  'dead-units',
  'underflow',
  'diverged',
  'loss-mismatch',
]);

/** A measured layer with what is wrong with it. */
export interface JudgedLayer {
  readonly layer: RecordedLayer;
  readonly index: number;
  readonly crossing: Crossing | undefined;
  /** Warnings and errors that name it. */
  readonly findings: readonly Finding[];
  readonly wrong: boolean;
}

/** The measured layers that a line of the analyzed text made: several under a `repeat`. */
export function layersAt(session: Session, lines: ReadonlySet<number>): JudgedLayer[] {
  const { recording, verdict, findings, thresholds } = session;
  if (recording === undefined || recording.rows.steps.length === 0) return [];
  return recording.layers.flatMap((layer, index) => {
    if (layer.line === undefined || !lines.has(layer.line)) return [];
    const beyond = crossing(recording, index, thresholds);
    const named = findings.filter(
      ({ severity, layers }) => severity !== 'information' && layers.includes(layer.name),
    );
    const wrong =
      named.length > 0 || (beyond !== undefined && verdict !== undefined && faults.has(verdict.kind));
    return [{ layer, index, crossing: beyond, findings: named, wrong }];
  });
}

/** The words of a lens above the line of these layers; undefined where none is due. */
export function layerLensTitle(
  session: Session,
  layers: readonly JudgedLayer[],
  choice: 'warnings' | 'all',
): string | undefined {
  const wrong = layers.filter((layer) => layer.wrong);
  if (wrong.length > 0) return `$(warning) ${describeWrong(session, layers, wrong)}${staleMark(session)}`;
  if (choice === 'warnings' || layers.length === 0) return undefined;
  return `${describeHealthy(session, layers)}${staleMark(session)}`;
}

/** What stands behind everything that was measured on another text. */
export function staleMark(session: Session): string {
  return session.stale ? ' · before the edit' : '';
}

function describeWrong(
  session: Session,
  layers: readonly JudgedLayer[],
  wrong: readonly JudgedLayer[],
): string {
  const [first] = wrong as [JudgedLayer];
  if (layers.length === 1) {
    return first.crossing === undefined ? describeFinding(session, first) : describeCrossing(first.crossing);
  }
  for (const side of ['below', 'above'] as const) {
    const beyond = wrong.filter((layer) => layer.crossing?.side === side);
    if (beyond.length > 0) return describeCrossings(layers.length, beyond, side);
  }
  return `${wrong.length} of ${layers.length}: ${first.layer.name} ${describeFinding(session, first)}`;
}

function describeCrossing({ metric, value, side, limit, since }: Crossing): string {
  return `${metricOf(metric).name} ${formatNumber(value)}, ${side} ${formatSetting(limit)} since step ${since}`;
}

function describeCrossings(count: number, beyond: readonly JudgedLayer[], side: 'below' | 'above'): string {
  const sorted = beyond.toSorted((a, b) => (a.crossing as Crossing).value - (b.crossing as Crossing).value);
  const extreme = side === 'below' ? sorted[0] : sorted.at(-1);
  const { limit, value } = extreme.crossing as Crossing;
  const word = side === 'below' ? 'smallest' : 'largest';
  return `${beyond.length} of ${count} ${side} ${formatSetting(limit)}, ${word} ${extreme.layer.name} ${formatNumber(value)}`;
}

/** A finding about this layer in a few words and its own number. */
function describeFinding(session: Session, { layer, index, findings }: JudgedLayer): string {
  const recording = session.recording;
  const [finding] = findings;
  if (recording === undefined || finding === undefined)
    throw new Error(`Nothing is wrong with ${layer.name}`);
  const last = (metric: 'deadShare' | 'saturation' | 'zeroShare' | 'norm'): number =>
    extremes(recording, index, metric).last;
  switch (finding.id) {
    case 'dead-units':
      return `${formatShare(last('deadShare'))} of its units are zero on the whole batch`;
    case 'saturated-units':
      return `${formatShare(last('saturation'))} of its pre-activations are saturated`;
    case 'underflow':
    case 'underflow-half-precision':
      return `underflow: ${formatShare(last('zeroShare'))} of its gradient is exactly zero`;
    default:
      return `${finding.id.replaceAll('-', ' ')}, gradient norm ${formatNumber(last('norm'))}`;
  }
}

function describeHealthy({ recording, thresholds }: Session, layers: readonly JudgedLayer[]): string {
  if (recording === undefined) throw new Error('Layers without a recording');
  const values = layers.map(({ index }) => extremes(recording, index, thresholds.metric).last);
  const name = metricOf(thresholds.metric).name;
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  if (layers.length === 1) return `${name} ${formatNumber(smallest)}`;
  return `${name} ${formatNumber(smallest)} to ${formatNumber(largest)}`;
}
