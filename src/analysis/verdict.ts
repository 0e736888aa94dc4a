/** The words of the result: verdicts and findings, as `docs/interfaces.md` promises them to scripts. */

export type VerdictKind =
  | 'vanishing'
  | 'exploding'
  | 'uniformly-small'
  | 'converged'
  | 'dead-units'
  | 'underflow'
  | 'diverged'
  | 'loss-mismatch'
  | 'healthy'
  | 'inconclusive';

/** Verdicts that say that something is wrong. */
const alarms: ReadonlySet<VerdictKind> = new Set([
  'vanishing',
  'exploding',
  'uniformly-small',
  'dead-units',
  'underflow',
  'diverged',
  'loss-mismatch',
]);

/** Something is wrong that a change of the network may mend. */
export function isAlarm(kind: VerdictKind): boolean {
  return alarms.has(kind);
}

/** Named numbers (and names) that a statement rests on. */
export type Evidence = Readonly<Record<string, number | string>>;

export interface Verdict {
  readonly kind: VerdictKind;
  /** Names of the layers it rests on, from input to output. */
  readonly layers: readonly string[];
  /** One line with the evidence in numbers: `hidden[1] 2.30e-7, 410,000 times less than output`. */
  readonly message: string;
  readonly evidence: Evidence;
}

/** Ids are promises: they stand in Problems, in `--json` and as page names in `docs/`. */
export type FindingId =
  | 'vanishing-gradient'
  | 'vanishing-at-initialisation'
  | 'exploding-gradient'
  | 'uniformly-small-gradient'
  | 'dead-units'
  | 'saturated-units'
  | 'underflow'
  | 'underflow-half-precision'
  | 'diverged'
  | 'loss-mismatch'
  | 'stalled'
  | 'converged'
  | 'too-short';

export interface Finding {
  readonly id: FindingId;
  readonly severity: 'error' | 'warning' | 'information';
  readonly layers: readonly string[];
  readonly message: string;
  readonly evidence: Evidence;
}

/** Thresholds after the file's `analyze` block and the user's settings are merged. */
export interface Thresholds {
  /** Smallest healthy value of `metric`. */
  readonly threshold: number;
  /** Largest healthy gradient norm. */
  readonly explode: number;
  /** Smallest healthy quotient of a layer's norm and the output-most layer's. */
  readonly ratio: number;
  readonly metric: 'norm' | 'rms' | 'relative';
}

export const defaultThresholds: Thresholds = { threshold: 1e-4, explode: 1e3, ratio: 1e-3, metric: 'norm' };
