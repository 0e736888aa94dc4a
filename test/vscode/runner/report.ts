/** Prints what mocha recorded, as mocha prints it. */
import { readFileSync } from 'node:fs';

interface RecordedTest {
  readonly fullTitle: string;
  readonly duration?: number;
  readonly err: { readonly message?: string; readonly stack?: string };
}

interface Recorded {
  readonly stats: { readonly passes: number; readonly failures: number; readonly duration: number };
  readonly passes: readonly RecordedTest[];
  readonly failures: readonly RecordedTest[];
}

export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
}

/** Reads mocha's JSON and prints its tests, its failures and its counts. */
export function report(file: string): SuiteCounts {
  const { stats, passes, failures } = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
  const lines = [
    ...passes.map(({ fullTitle, duration = 0 }) => `  ✓ ${fullTitle} (${duration} ms)`),
    ...failures.map(({ fullTitle, err }) => `  ✗ ${fullTitle}\n${err.stack ?? err.message}\n`),
    '',
    `  ${stats.passes} passing (${(stats.duration / 1000).toFixed(1)} s)`,
    ...(stats.failures > 0 ? [`  ${stats.failures} failing`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return { passed: stats.passes, failed: stats.failures };
}
