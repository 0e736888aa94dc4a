import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, run, twoNetworks } from './commandLine.ts';

const sound = twoNetworks.slice(twoNetworks.indexOf('network shallow'));

/** As much of a SARIF log as is looked at here. */
interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly unknown[];
      readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
    },
  ];
}

function files(): { folder: string; faulty: string; healthy: string } {
  const folder = folderOf({ 'faulty.vgnet': twoNetworks, 'healthy.vgnet': sound });
  return { folder, faulty: path.join(folder, 'faulty.vgnet'), healthy: path.join(folder, 'healthy.vgnet') };
}

test('passes where nothing is wrong, fails with 1 where a verdict says so', async () => {
  const { faulty, healthy } = files();
  expect((await run(['check', healthy])).code).toBe(0);
  const { code, out } = await run(['check', healthy, faulty]);
  expect(code).toBe(1);
  expect(out).toMatch(/^ok .*healthy\.vgnet {2}shallow +healthy: /m);
  expect(out).toMatch(/^FAIL .*faulty\.vgnet {2}deep_sigmoid +vanishing: hidden\[1\]/m);
  expect(out).toMatch(/faulty\.vgnet:3:1: error: hidden\[1\] .* \[vanishing-gradient\]$/m);
  expect(out).toContain('3 networks checked, 1 failed');
});

test('one file that is wrong makes it 2, and the others are checked all the same', async () => {
  const { healthy } = files();
  const { code, out, error } = await run(['check', '/no/such.vgnet', healthy]);
  expect(code).toBe(2);
  expect(error).toContain('/no/such.vgnet:1:1: error: there is no such file');
  expect(out).toContain('1 network checked, 0 failed');
});

test('--json says of each network which file it is from and whether it passed', async () => {
  const { faulty } = files();
  const { code, out } = await run(['check', faulty, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    vgnet: 1,
    file: faulty,
    networks: [
      { file: faulty, name: 'deep_sigmoid', passed: false },
      { file: faulty, name: 'shallow', passed: true },
    ],
  });
});

test('--sarif writes what code scanning reads: SARIF 2.1.0, sections 3.13 to 3.27', async () => {
  const { folder, faulty } = files();
  const sarif = path.join(folder, 'out.sarif');
  await run(['check', faulty, '--sarif', sarif]);
  const log = JSON.parse(readFileSync(sarif, 'utf8')) as SarifLog;
  expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'vgnet' } } }] });
  const { results, tool, invocations } = log.runs[0];
  expect(invocations).toEqual([{ executionSuccessful: true }]);
  expect(results[0]).toMatchObject({
    ruleId: 'vanishing-gradient',
    level: 'error',
    locations: [
      { physicalLocation: { artifactLocation: { uri: `file://${faulty}` }, region: { startLine: 3 } } },
    ],
  });
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test('annotations come with the flag, and by themselves inside GitHub Actions', async () => {
  const { faulty } = files();
  const annotation =
    /^::error file=.*faulty\.vgnet,line=3,title=vanishing-gradient in deep_sigmoid::hidden\[1\]/m;
  expect((await run(['check', faulty])).out).not.toMatch(annotation);
  expect((await run(['check', faulty, '--annotations'])).out).toMatch(annotation);
  const inside = await run(['check', faulty, '--json'], { environment: { GITHUB_ACTIONS: 'true' } });
  expect(inside.error).toMatch(annotation);
  expect(JSON.parse(inside.out)).toMatchObject({ vgnet: 1 });
});

test('a file in the working folder is named from there, as code hosts know it', async () => {
  const { folder, faulty } = files();
  const sarif = path.join(folder, 'out.sarif');
  const working = process.cwd();
  process.chdir(folder);
  try {
    for (const name of ['./faulty.vgnet', faulty]) {
      const { out } = await run(['check', name, '--sarif', sarif, '--annotations']);
      expect(out).toMatch(/^::error file=faulty\.vgnet,line=3,/m);
      expect(readFileSync(sarif, 'utf8')).toContain('"uri": "faulty.vgnet"');
    }
  } finally {
    process.chdir(working);
  }
});

test('without a file there is nothing to check', async () => {
  expect(await run(['check'])).toMatchObject({
    code: 2,
    error: expect.stringContaining('A .vgnet file is missing') as string,
  });
});
