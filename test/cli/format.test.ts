import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, run } from './commandLine.ts';

const untidy = 'network n {\ninput 2\n    dense   1\n}\n';
const tidy = 'network n {\n  input 2\n  dense 1\n}\n';

function files(): { untidy: string; tidy: string; broken: string } {
  const folder = folderOf({
    'untidy.vgnet': untidy,
    'tidy.vgnet': tidy,
    'broken.vgnet': 'network n {\n input 2',
  });
  const at = (name: string): string => path.join(folder, `${name}.vgnet`);
  return { untidy: at('untidy'), tidy: at('tidy'), broken: at('broken') };
}

test('formats files in place and names those that it changed', async () => {
  const paths = files();
  expect(await run(['format', paths.untidy, paths.tidy])).toEqual({
    code: 0,
    out: `${paths.untidy}\n`,
    error: '',
  });
  expect(readFileSync(paths.untidy, 'utf8')).toBe(tidy);
});

test('--check changes nothing and fails with 1', async () => {
  const paths = files();
  const outcome = await run(['format', '--check', paths.untidy, paths.tidy]);
  expect(outcome).toEqual({ code: 1, out: `${paths.untidy} is not formatted\n`, error: '' });
  expect(readFileSync(paths.untidy, 'utf8')).toBe(untidy);
  expect((await run(['format', '--check', paths.tidy])).code).toBe(0);
});

test('a byte-order mark at the beginning stays', async () => {
  const file = path.join(folderOf({ 'marked.vgnet': `\uFEFF${untidy}` }), 'marked.vgnet');
  expect((await run(['format', file])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${tidy}`);
});

test('a file that does not parse is left as it is', async () => {
  const { broken } = files();
  const { code, out, error } = await run(['format', broken]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toMatch(/broken\.vgnet:\d:\d+: error: /);
  expect(readFileSync(broken, 'utf8')).toBe('network n {\n input 2');
});
