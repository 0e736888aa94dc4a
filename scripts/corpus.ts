/**
 * `npm run corpus`: trains every labelled network of `test/corpus`, holds the verdicts against the labels and writes the
 * tables into `docs/verdicts.md`.
 *
 *   npm run corpus                        every network over ten seeds, and the tables
 *   npm run corpus -- --only tanh         only networks whose name contains `tanh`; tables to the terminal
 *   npm run corpus -- --seeds 3           fewer seeds; tables to the terminal
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { InputError } from '../src/cli/surroundings.ts';
import { agrees, corpusCases } from './corpus/cases.ts';
import { measure, type Measurement } from './corpus/measure.ts';
import { tables } from './corpus/tables.ts';

const page = path.join(import.meta.dirname, '..', 'docs', 'verdicts.md');
const [begin, end] = ['<!-- corpus: begin -->', '<!-- corpus: end -->'];

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, seeds: { type: 'string', default: '10' } },
});
const measurements: Measurement[] = [];
let wrong = 0;
for (const corpusCase of corpusCases().filter(({ name }) => name.includes(values.only))) {
  const startedAt = performance.now();
  const runs: Measurement[] = [];
  try {
    for (let seed = 1; seed <= Number(values.seeds); seed += 1) runs.push(await measure(corpusCase, seed));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.log(`WRONG ${corpusCase.name}: ${error.message}`);
    wrong += 1;
    continue;
  }
  measurements.push(...runs);
  const right = agrees(
    corpusCase.label,
    runs.map(({ verdict }) => verdict),
  );
  if (!right) wrong += 1;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${right ? 'ok   ' : 'WRONG'} ${corpusCase.name} (${seconds} s)`);
  for (const { seed, verdict, message, findings } of runs)
    console.log(`        ${seed}: ${verdict}: ${message} [${findings.join(' ')}]`);
}

const text = tables(measurements);
if (values.only === '' && values.seeds === '10') {
  const before = readFileSync(page, 'utf8');
  const after = `${before.slice(0, before.indexOf(begin) + begin.length)}\n\n${text}\n\n${before.slice(before.indexOf(end))}`;
  const options = await prettier.resolveConfig(page);
  writeFileSync(page, await prettier.format(after, { ...options, parser: 'markdown' }));
} else console.log(`\n${text}`);
console.log(wrong === 0 ? 'every label was met' : `${wrong} labels were not met`);
process.exitCode = wrong === 0 ? 0 : 1;
