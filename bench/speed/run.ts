/**
 * `npm run bench`: the engine beside PyTorch, numpy, jax-js, TensorFlow.js and plain JavaScript, in turns, on the same numbers.
 *
 *   npm run bench                     all jobs and the start; writes bench/results.json and docs/performance.md
 *   npm run bench -- --growth         depth, width, batch and steps instead
 *   npm run bench -- --products       the engine's matrix products alone, to the terminal
 *   npm run bench -- --jobs S,M       only these, to the terminal alone
 *   npm run bench -- --quick          short turns, to the terminal alone: shows that everything runs, not how fast
 *
 * The other libraries: `npm ci --prefix bench`, and Debian's `python3-torch` with `libopenblas0-pthread`. What is not there is
 * left out and named.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compare, type Effort } from './comparison/compare.ts';
import { jobNames, openJob, productOperations } from './comparison/jobs.ts';
import { measureGrowth } from './growth/measure.ts';
import { measurePeak } from './peak/measure.ts';
import { measureProducts } from './products/measure.ts';
import { keepComparison, keepGrowth } from './report/page.ts';
import type { JobResult, Results } from './report/results.ts';
import { comparisonTables, growthTables, productTable } from './report/tables.ts';
import { measureStart } from './start.ts';

const { values } = parseArgs({
  options: {
    growth: { type: 'boolean', default: false },
    products: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    jobs: { type: 'string', default: jobNames.join(',') },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const effort: Effort = {
  rounds: Number(values.rounds ?? (values.quick ? 1 : 9)),
  seconds: Number(values.seconds ?? (values.quick ? 0.1 : 1)),
  comparedSteps: values.quick ? 5 : 20,
};
const names = values.jobs.split(',');
const loadBefore = load();

if (values.products) {
  console.log(productTable(await measureProducts()));
} else if (values.growth) {
  const results = measureGrowth(effort.seconds, values.quick);
  console.log(growthTables(results));
  if (!values.quick) await keepGrowth({ load: [loadBefore, load()], date: today(), results });
} else {
  const results = await compareAll();
  console.log(comparisonTables(results));
  if (!values.quick && names.length === jobNames.length) await keepComparison(results);
}

async function compareAll(): Promise<Results> {
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'vgnet-bench-'));
  const peak = await measurePeak();
  const products = await measureProducts();
  const start = await measureStart(values.quick ? 3 : 15);
  const jobs: JobResult[] = [];
  try {
    for (const name of names) {
      const job = openJob(name);
      console.log(`${name} …`);
      const operationsPerStep = productOperations(job.network, job.batch);
      jobs.push({ name, operationsPerStep, ...(await compare(job, temporary, effort)) });
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
  const circumstances = {
    date: today(),
    processor: os.cpus()[0]?.model ?? 'unknown processor',
    cores: os.availableParallelism(),
    node: process.versions.node,
    load: [loadBefore, load()] as const,
    rounds: effort.rounds,
    seconds: effort.seconds,
  };
  return { circumstances, peak, products, jobs, start };
}

function load(): number {
  return os.loadavg()[0] ?? Number.NaN;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
