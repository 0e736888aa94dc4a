/** The summary table of a check. */
import { formatCount } from '../analysis/numbers.ts';
import { count, verdictLine } from './report.ts';
import { fails, lineOf, severityOf, type CheckedRun } from './gate.ts';

/** A line for each network, the findings of those that failed, and a count. */
export function reportCheck(runs: readonly CheckedRun[]): string {
  const names = runs.map(({ file, summary }) => `${file}  ${summary.name}`);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = runs.flatMap((run, index) => {
    const failed = fails(run.summary);
    const head = `${failed ? 'FAIL' : 'ok  '}  ${(names[index] ?? '').padEnd(width)}  ${verdictLine(run.summary)}`;
    return [head, ...(failed ? details(run) : [])];
  });
  const failed = runs.filter(({ summary }) => fails(summary)).length;
  return `${[...lines, '', `${count(runs.length, 'network')} checked, ${formatCount(failed)} failed`].join('\n')}\n`;
}

function details(run: CheckedRun): string[] {
  return run.summary.findings.map(
    (finding) =>
      `      ${run.file}:${lineOf(finding, run)}:1: ${severityOf(finding, run)}: ${finding.message} [${finding.id}]`,
  );
}
