/** Findings as GitHub workflow commands, which GitHub shows beside the lines of a pull request. */
import { lineOf, severityOf, type CheckedRun } from './gate.ts';
import { hostPath } from './hostPath.ts';

const commands = { error: 'error', warning: 'warning', information: 'notice' } as const;

/** `::error file=deep.vgnet,line=6,title=vanishing-gradient::message`, one line for each finding. */
export function annotate(run: CheckedRun): string {
  return run.summary.findings
    .map((finding) => {
      const place = `file=${escapeProperty(hostPath(run.file))},line=${lineOf(finding, run)}`;
      const title = escapeProperty(`${finding.id} in ${run.summary.name}`);
      return `::${commands[severityOf(finding, run)]} ${place},title=${title}::${escapeMessage(finding.message)}\n`;
    })
    .join('');
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
