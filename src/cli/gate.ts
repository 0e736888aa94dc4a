/** What fails a check, and where it stands in the text: the common ground of summary, SARIF and annotations. */
import type { NetworkSummary } from '../analysis/summary.ts';
import type { Finding, VerdictKind } from '../analysis/verdict.ts';
import type { CheckedNetwork } from '../language/network.ts';

/** Verdicts that fail a check; scripts rely on this list. */
const failing: ReadonlySet<VerdictKind> = new Set([
  'vanishing',
  'exploding',
  'dead-units',
  'underflow',
  'diverged',
]);

/** A network that was checked. */
export interface CheckedRun {
  readonly file: string;
  readonly network: CheckedNetwork;
  readonly summary: NetworkSummary;
}

/** The verdict of the run fails the check; over several seeds, that of any of them. */
export function fails({ verdict, verdicts }: NetworkSummary): boolean {
  const kinds = verdicts === undefined ? [verdict.kind] : (Object.keys(verdicts) as VerdictKind[]);
  return kinds.some((kind) => failing.has(kind));
}

/** 1-based line of the first layer that a finding names, or of its network. */
export function lineOf(finding: Finding, { network, summary }: CheckedRun): number {
  const [first] = finding.layers;
  return summary.layers.find((layer) => layer.name === first)?.line ?? network.line;
}

/** Severity with which a finding is reported outside: what fails the check is an error there. */
export function severityOf(finding: Finding, run: CheckedRun): Finding['severity'] {
  return finding === run.summary.findings[0] && fails(run.summary) ? 'error' : finding.severity;
}
