/** Keeps results in `bench/results.json`, and fills their places in `docs/performance.md`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { root } from '../../../scripts/paths.ts';
import { growthPlot } from './growthPlot.ts';
import type { Results } from './results.ts';
import { speedPlot } from './speedPlot.ts';
import { comparisonTables, growthTables } from './tables.ts';
import { write } from './numbers.ts';

const file = path.join(root, 'bench/results.json');
const page = path.join(root, 'docs/performance.md');

/** Keeps a comparison; what was known about growth stays. */
export async function keepComparison(results: Results): Promise<void> {
  const growth = existsSync(file) ? readResults().growth : undefined;
  writeFileSync(path.join(root, 'docs/performance.svg'), speedPlot(results.jobs));
  await keep(growth === undefined ? results : { ...results, growth });
  await fill('comparison', comparisonTables(results));
}

/** Keeps growth beside the comparison that is there. */
export async function keepGrowth(growth: NonNullable<Results['growth']>): Promise<void> {
  writeFileSync(path.join(root, 'docs/growth.svg'), growthPlot(growth.results));
  await keep({ ...readResults(), growth });
  const circumstances = `Measured on ${growth.date}, load ${growth.load.map(write).join(' before and ')} after.`;
  await fill('growth', `${circumstances}\n\n${growthTables(growth.results)}`);
}

function readResults(): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results;
}

async function keep(results: Results): Promise<void> {
  writeFileSync(file, await format(JSON.stringify(results), 'json'));
}

/** Puts the text between the page's two marks of this name. */
async function fill(name: string, text: string): Promise<void> {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const old = readFileSync(page, 'utf8');
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place between ${begin} and ${end}`);
  const filled = `${old.slice(0, from + begin.length)}\n\n${text}\n\n${old.slice(to)}`;
  writeFileSync(page, await format(filled, 'markdown'));
}

async function format(text: string, parser: 'json' | 'markdown'): Promise<string> {
  return prettier.format(text, { ...(await prettier.resolveConfig(page)), parser });
}
