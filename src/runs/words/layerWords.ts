/** What a layer's lens says, and whether it has something to say. */
import { metricExtremes } from '../../analysis/extremes.ts';
import { layerStatuses, type LayerStatus } from '../../analysis/layerStatus.ts';
import { formatCount, formatNumber, formatSetting, formatShare } from '../../analysis/numbers.ts';
import { metricOf } from '../../analysis/metrics.ts';
import { isAlarm, type Finding, type Thresholds } from '../../analysis/verdict.ts';
import type { RecordedLayer } from '../../engine/recording.ts';
import type { Session } from '../session.ts';

/** A measured layer with what is wrong with it. */
export interface JudgedLayer {
  readonly layer: RecordedLayer;
  readonly index: number;
  /** How it stands to the thresholds at the end of what was recorded. */
  readonly status: LayerStatus;
  /** Warnings and errors that name it. */
  readonly findings: readonly Finding[];
  readonly wrong: boolean;
}

/** The measured layers that lines of the analyzed text made: several under a `repeat`. */
export function layersAt(session: Session, lines: ReadonlySet<number>): readonly JudgedLayer[] {
  return judgedLayers(session).filter(({ layer }) => layer.line !== undefined && lines.has(layer.line));
}

/** All measured layers, by the line of the analyzed text that made them. */
export function layersByLine(session: Session): ReadonlyMap<number, readonly JudgedLayer[]> {
  const byLine = new Map<number, JudgedLayer[]>();
  for (const judged of judgedLayers(session)) {
    const { line } = judged.layer;
    if (line === undefined) continue;
    const here = byLine.get(line);
    if (here === undefined) byLine.set(line, [judged]);
    else here.push(judged);
  }
  return byLine;
}

interface Remembered {
  readonly madeFrom: readonly unknown[];
  readonly layers: readonly JudgedLayer[];
}

const remembered = new WeakMap<Session, Remembered>();

/** All measured layers of a run, made once for each judgement rather than for each line. */
function judgedLayers(session: Session): readonly JudgedLayer[] {
  const madeFrom = [session.steps, session.findings, session.verdict, session.thresholds];
  const known = remembered.get(session);
  if (known !== undefined && known.madeFrom.every((part, index) => part === madeFrom[index]))
    return known.layers;
  const layers = judgeLayers(session);
  remembered.set(session, { madeFrom, layers });
  return layers;
}

function judgeLayers({ recording, verdict, findings, thresholds }: Session): readonly JudgedLayer[] {
  if (recording === undefined || recording.rows.steps.length === 0) return [];
  // A small gradient of a network that has learned is no fault.
  const isFaulty = verdict !== undefined && isAlarm(verdict.kind);
  return layerStatuses(recording, thresholds).map((status, index) => {
    const { layer, state } = status;
    const named = findings.filter(
      ({ severity, layers }) => severity !== 'information' && layers.includes(layer.name),
    );
    return {
      layer,
      index,
      status,
      findings: named,
      wrong: named.length > 0 || (isFaulty && state !== 'within'),
    };
  });
}

/** The words of a lens above the line of these layers; undefined where none is due. */
export function layerLensTitle(
  session: Session,
  layers: readonly JudgedLayer[],
  choice: 'warnings' | 'all',
): string | undefined {
  const wrong = layers.filter((layer) => layer.wrong);
  if (wrong.length > 0)
    return `$(warning)${gap}${describeWrong(session, layers, wrong)}${staleMark(session)}`;
  if (choice === 'warnings' || layers.length === 0) return undefined;
  return `${describeHealthy(session, layers)}${staleMark(session)}`;
}

/** Lenses swallow a plain space behind an icon. */
export const gap = '\u00A0';

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
    return first.status.state === 'within' ? describeFinding(session, first) : describeStatus(session, first);
  }
  for (const state of ['not finite', 'below', 'above'] as const) {
    const beyond = wrong.filter(({ status }) => status.state === state);
    if (beyond.length > 0) return describeStatuses(session, layers.length, beyond);
  }
  return `${wrong.length} of ${layers.length}: ${first.layer.name} ${describeFinding(session, first)}`;
}

function describeStatus({ thresholds }: Session, { status }: JudgedLayer): string {
  const { value, state, since } = status;
  const limit = limitWords(thresholds, state);
  return `${metricOf(thresholds.metric).name} ${formatNumber(value)}, ${limit} since step ${formatCount(since)}`;
}

/** Several layers in the same state, with the one that is furthest beyond. */
function describeStatuses({ thresholds }: Session, count: number, beyond: readonly JudgedLayer[]): string {
  const [{ status: first }] = beyond as [JudgedLayer];
  const { state } = first;
  const further = (a: LayerStatus, b: LayerStatus): boolean =>
    state === 'below' ? a.value < b.value : a.value > b.value;
  const extreme = beyond.reduce((most, { status }) => (further(status, most) ? status : most), first);
  const word = state === 'below' ? 'smallest' : 'largest';
  const named =
    state === 'not finite'
      ? extreme.layer.name
      : `${word} ${extreme.layer.name} ${formatNumber(extreme.value)}`;
  return `${beyond.length} of ${count} ${limitWords(thresholds, state)}, ${named}`;
}

function limitWords({ threshold, explode }: Thresholds, state: LayerStatus['state']): string {
  switch (state) {
    case 'below':
      return `below ${formatSetting(threshold)}`;
    case 'above':
      return `above ${formatSetting(explode)}`;
    case 'not finite':
      return 'not finite';
    case 'within':
      return 'within the thresholds';
    default:
      throw new Error(`Unknown state of a layer: ${JSON.stringify(state satisfies never)}`);
  }
}

/** A finding about this layer in a few words and its own number. */
function describeFinding(session: Session, { layer, index, findings }: JudgedLayer): string {
  const recording = session.recording;
  const [finding] = findings;
  if (recording === undefined || finding === undefined)
    throw new Error(`Nothing is wrong with ${layer.name}`);
  const last = (metric: 'deadShare' | 'saturation' | 'zeroShare' | 'norm'): number =>
    metricExtremes(recording, index, metric).last;
  switch (finding.id) {
    case 'dead-units':
      return `${formatShare(last('deadShare'))} of its units are zero on the whole batch`;
    case 'saturated-units':
      return `${formatShare(last('saturation'))} of its pre-activations are saturated`;
    case 'underflow':
    case 'underflow-half-precision':
      return `underflow: ${formatShare(last('zeroShare'))} of its gradient is exactly zero`;
    default:
      // A finding about this layer alone says it best, in its first clause.
      return finding.layers.length === 1
        ? (finding.message.split(';', 1)[0] ?? finding.message)
        : `${finding.id.replaceAll('-', ' ')}, gradient norm ${formatNumber(last('norm'))}`;
  }
}

function describeHealthy({ recording, thresholds }: Session, layers: readonly JudgedLayer[]): string {
  if (recording === undefined) throw new Error('Layers without a recording');
  const values = layers.map(({ index }) => metricExtremes(recording, index, thresholds.metric).last);
  const name = metricOf(thresholds.metric).name;
  const ends = [Math.min(...values), Math.max(...values)].map(formatNumber);
  return `${name} ${[...new Set(ends)].join(' to ')}`;
}
