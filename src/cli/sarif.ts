/** Findings as SARIF 2.1.0, which code scanning services read. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findingPages } from '../analysis/explain.ts';
import type { FindingId } from '../analysis/verdict.ts';
import { lineOf, severityOf, type CheckedRun } from './gate.ts';
import { hostPath } from './hostPath.ts';

const homepage = 'https://github.com/vgnet/vgnet';
const levels = { error: 'error', warning: 'warning', information: 'note' } as const;

/** A SARIF log of all findings, as an object for `JSON.stringify`. `complete` is false where a file could not be checked. */
export function sarifLog(runs: readonly CheckedRun[], complete: boolean): object {
  const ids = Object.keys(findingPages) as FindingId[];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'vgnet',
            informationUri: homepage,
            rules: ids.map((id) => ({
              id,
              shortDescription: { text: id.replaceAll('-', ' ') },
              helpUri: `${homepage}/blob/main/${findingPages[id]}`,
            })),
          },
        },
        invocations: [{ executionSuccessful: complete }],
        columnKind: 'utf16CodeUnits',
        results: runs.flatMap((run) =>
          run.summary.findings.map((finding) => ({
            ruleId: finding.id,
            ruleIndex: ids.indexOf(finding.id),
            level: levels[severityOf(finding, run)],
            message: { text: `${run.summary.name}: ${finding.message}` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: toUri(run.file) },
                  region: { startLine: lineOf(finding, run) },
                },
              },
            ],
            properties: { network: run.summary.name, layers: finding.layers, evidence: finding.evidence },
          })),
        ),
      },
    ],
  };
}

/** A path from the working folder as a relative URI, an absolute one as a file URI. */
function toUri(file: string): string {
  const known = hostPath(file);
  if (path.isAbsolute(known)) return pathToFileURL(known).href;
  return known.split('/').map(encodeURIComponent).join('/');
}
