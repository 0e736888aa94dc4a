import path from 'node:path';
import { expect, test } from 'vitest';
import type { FileSummary } from '../../src/analysis/summary.ts';
import { folderOf, run, twoNetworks } from './commandLine.ts';

const file = (): string => path.join(folderOf({ 'net.vgnet': twoNetworks }), 'net.vgnet');

test('--json prints predicted norms, and nothing that only a run knows', async () => {
  const { code, out, error } = await run(['predict', file(), '--json']);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  const { networks } = JSON.parse(out) as FileSummary;
  expect(networks.map(({ name }) => name)).toEqual(['deep_sigmoid', 'shallow']);
  expect(networks[0]).not.toHaveProperty('verdict');
  expect(networks[0]?.layers.map(({ name }) => name)).toContain('hidden[8]');
  for (const { predicted } of networks[0]?.layers ?? []) {
    const { norm = NaN, p10 = NaN, p90 = NaN } = predicted ?? {};
    expect(p10).toBeLessThanOrEqual(norm);
    expect(norm).toBeLessThanOrEqual(p90);
  }
});

test('a person reads what to expect', async () => {
  const { out } = await run(['predict', file(), '--network', 'deep_sigmoid']);
  expect(out).toMatch(
    /^deep_sigmoid: predicted: vanishing, hidden\[1\] ≈ \d\.\d\de-\d+ \(at initialisation, by /,
  );
});

test('analyze shows the prediction beside what it measured', async () => {
  const { out } = await run(['analyze', file(), '--network', 'shallow', '--json']);
  const [first] = (JSON.parse(out) as FileSummary).networks[0]?.layers ?? [];
  // The band holds eight of ten initialisations; a factor of 3 around it holds every one that is not a wonder.
  const { p10 = NaN, p90 = NaN } = first?.predicted ?? {};
  expect(first?.norm?.first).toBeGreaterThan(p10 / 3);
  expect(first?.norm?.first).toBeLessThan(p90 * 3);
});
