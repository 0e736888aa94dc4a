/** What fails a check, and where it stands in the text: the common ground of summary, SARIF and annotations. */
import type { NetworkSummary } from '../analysis/summary.ts';
import type { Finding, FindingId, VerdictKind } from '../analysis/verdict.ts';
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
export function fails(summary: NetworkSummary): boolean {
  return verdictsOf(summary).some((kind) => failing.has(kind));
}

/** 1-based line of the first layer that a finding names, or of its network. */
export function lineOf(finding: Finding, { network, summary }: CheckedRun): number {
  const [first] = finding.layers;
  return summary.layers.find((layer) => layer.name === first)?.line ?? network.line;
}

/** The findings that lead to the failing verdicts. */
const findingOf: Partial<Record<VerdictKind, FindingId>> = {
  'vanishing': 'vanishing-gradient',
  'exploding': 'exploding-gradient',
  'dead-units': 'dead-units',
  'underflow': 'underflow',
  'diverged': 'diverged',
};

/** Severity with which a finding is reported outside: what fails the check, be it in one seed, is an error there. */
export function severityOf(finding: Finding, { summary }: CheckedRun): Finding['severity'] {
  const guilty = verdictsOf(summary).filter((kind) => failing.has(kind));
  return finding.severity !== 'information' && guilty.some((kind) => findingOf[kind] === finding.id)
    ? 'error'
    : finding.severity;
}

function verdictsOf({ verdict, verdicts }: NetworkSummary): VerdictKind[] {
  return verdicts === undefined ? [verdict.kind] : (Object.keys(verdicts) as VerdictKind[]);
}
