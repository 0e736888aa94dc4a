/** Each page about a verdict shows a network that gets it, and every link to a page leads somewhere. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { explanations, findingPages } from '../../src/analysis/explain.ts';
import type { FileSummary } from '../../src/analysis/summary.ts';
import { folderOf, run } from '../cli/commandLine.ts';

const root = path.join(import.meta.dirname, '..', '..');
const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');

test.each(Object.entries(explanations))('%s', async (kind, { page }) => {
  const network = /```vgnet\n(.*?)```/s.exec(read(page))?.[1];
  const file = path.join(folderOf({ 'net.vgnet': network ?? '' }), 'net.vgnet');
  const { code, out } = await run(['analyze', file, '--json']);
  expect(code).toBe(0);
  expect((JSON.parse(out) as FileSummary).networks[0]?.verdict.kind).toBe(kind);
});

test.each(Object.entries(findingPages))('the page of %s is there, with its heading', (_, link) => {
  const [page = '', anchor] = link.split('#');
  expect(existsSync(path.join(root, page))).toBe(true);
  const anchors = [...read(page).matchAll(/^## (.*)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
  if (anchor !== undefined) expect(anchors).toContain(anchor);
});
