import path from 'node:path';
import { expect, test } from 'vitest';
import type { LogComparison } from '../../src/analysis/compareLogs.ts';
import { folderOf, run } from './commandLine.ts';

const header = (...names: string[]): string =>
  `${JSON.stringify({ vglog: 1, source: 'test', network: 'n', layers: names.map((name) => ({ name, kind: 'dense', parameters: 4 })) })}\n`;

function logs(first: string, second: string): [string, string] {
  const folder = folderOf({ 'a.vglog': first, 'b.vglog': second });
  return [path.join(folder, 'a.vglog'), path.join(folder, 'b.vglog')];
}

// Step 1 is in both; 1.0 against 1.1 differs by 0.1/1.1, 4 against 2 by a half.
const first = `${header('x', 'y')}{"step":0,"loss":5,"norm":[9,9]}\n{"step":1,"loss":1.0,"norm":[4,3]}\n`;
const second = `${header('y', 'x', 'z')}{"step":1,"loss":1.1,"norm":[3,2,7]}\n{"step":2,"loss":1,"norm":[1,1,1]}\n`;

test('layers are matched by name and rows by step', async () => {
  const { code, out } = await run(['diff', ...logs(first, second), '--json']);
  expect(code).toBe(0);
  const comparison = JSON.parse(out) as LogComparison;
  expect(comparison).toMatchObject({
    steps: 1,
    loss: { step: 1 },
    layers: [
      { name: 'x', metrics: { norm: { difference: 0.5, step: 1 }, rms: { difference: 0.5, step: 1 } } },
      { name: 'y', metrics: { norm: { difference: 0 } } },
    ],
    onlyInFirst: [],
    onlyInSecond: ['z'],
    largest: 0.5,
  });
  expect(comparison.loss?.difference).toBeCloseTo(0.1 / 1.1, 12);
  expect(comparison.layers[0]?.metrics).not.toHaveProperty('speed');
});

test('what only one of the logs has is not compared, but a norm that is not finite is', async () => {
  const rich = `${header('x')}{"step":0,"norm":[1],"error":[3]}\n{"step":1,"norm":[2],"error":[3]}\n`;
  const poor = `${header('x')}{"step":0,"norm":[1]}\n{"step":1,"norm":[2]}\n`;
  const broken = `${header('x')}{"step":0,"norm":[null]}\n{"step":1,"norm":[null]}\n`;
  const compared = await run(['diff', ...logs(rich, poor), '--tolerance', '0', '--json']);
  expect(compared.code).toBe(0);
  expect((JSON.parse(compared.out) as LogComparison).layers[0]?.metrics).not.toHaveProperty('error');
  expect((await run(['diff', ...logs(poor, broken), '--tolerance', '1e9'])).code).toBe(1);
});

test('a tolerance makes it a gate', async () => {
  expect((await run(['diff', ...logs(first, second), '--tolerance', '0.6'])).code).toBe(0);
  expect((await run(['diff', ...logs(first, second), '--tolerance', '0.4'])).code).toBe(1);
  expect((await run(['diff', ...logs(first, first), '--tolerance', '0'])).code).toBe(0);
});

test('a person reads a table', async () => {
  const { out } = await run(['diff', ...logs(first, second)]);
  expect(out).toMatch(/^largest relative difference 0\.500 over 1 step in common: norm of x, at step 1$/m);
  expect(out).toMatch(/^ {2}layer +norm +rms$/m);
  expect(out).toMatch(/^ {2}x +0\.500 +0\.500$/m);
  expect(out).toContain('only in the second: z');
});

test.each<[string, string, string, RegExp]>([
  ['is no log', first, 'hello', /b\.vglog:1:1: error: not a gradient log/],
  ['has no step in common', first, `${header('x')}{"step":7,"norm":[1]}\n`, /have no step in common/],
])('a file that %s is wrong input', async (_, a, b, message) => {
  const { code, error } = await run(['diff', ...logs(a, b)]);
  expect(code).toBe(2);
  expect(error).toMatch(message);
});
