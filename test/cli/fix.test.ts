import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedLines } from '../../src/cli/changedLines.ts';
import { prepareRun } from '../../src/engine/trainer.ts';
import { check } from '../../src/language/check.ts';
import { folderOf, run, twoNetworks, type Outcome } from './commandLine.ts';

/** As much of the object as is looked at here. */
interface Fixes {
  readonly vgnet: 1;
  readonly file: string;
  readonly applied?: number;
  readonly networks: readonly {
    readonly name: string;
    readonly seeds: number;
    readonly verdict: { readonly kind: string };
    readonly loss: number;
    readonly fixes: readonly {
      readonly rank: number;
      readonly title: string;
      readonly why: string;
      readonly edits: readonly {
        readonly line: number;
        readonly from: number;
        readonly to: number;
        readonly replacement: string;
      }[];
      readonly verdict: { readonly kind: string };
      readonly verdicts?: Readonly<Record<string, number>>;
      readonly loss: number;
      readonly accuracy: number;
      readonly norm: number;
    }[];
  }[];
}

const fileOf = (text = twoNetworks): string => path.join(folderOf({ 'net.vgnet': text }), 'net.vgnet');
const deep = ['--network', 'deep_sigmoid'];

async function fixesOf(...commandLine: string[]): Promise<Fixes> {
  const { code, out, error } = await run(['fix', ...commandLine, '--json']);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return JSON.parse(out) as Fixes;
}

describe('vgnet fix', () => {
  test('ranks what it tried: alarms last, then by loss, and leaves healthy networks alone', async () => {
    const file = fileOf();
    const { vgnet, networks, file: named } = await fixesOf(file);
    expect({ vgnet, named }).toEqual({ vgnet: 1, named: file });
    const [sigmoid, shallow] = networks;
    expect(shallow).toMatchObject({ name: 'shallow', fixes: [] });
    expect(sigmoid?.verdict.kind).toBe('vanishing');
    const fixes = sigmoid?.fixes ?? [];
    expect(fixes.map(({ rank }) => rank)).toEqual(fixes.map((_, index) => index + 1));
    const order = fixes.map(({ verdict, loss }) => [Number(verdict.kind === 'vanishing'), loss]);
    expect(order).toEqual(order.toSorted(([a = 0, x = 0], [b = 0, y = 0]) => a - b || x - y));
    // The vanishing gradient of sigmoid layers has a known cure.
    const [best] = fixes;
    expect(['healthy', 'converged']).toContain(best?.verdict.kind);
    expect(best?.loss).toBeLessThan(sigmoid?.loss ?? 0);
    expect(fixes.map(({ title }) => title)).toContain('relu with kaiming_normal in hidden');
    expect(readFileSync(file, 'utf8')).toBe(twoNetworks);
  });

  test('gives the same numbers again', async () => {
    const seconds = /"seconds": .*\n/g;
    const [first, second] = await Promise.all(
      [1, 2].map(() => run(['fix', fileOf(), ...deep, '--steps', '60', '--json'])),
    );
    const without = (out = ''): string => out.replaceAll(seconds, '').replace(/"file": .*\n/, '');
    expect(without(first?.out)).toBe(without(second?.out));
  });

  test('shows a table, the best fix’s lines and their reason', async () => {
    const { code, out, error } = await run(['fix', fileOf()]);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^deep_sigmoid: vanishing: hidden\[1\] \d\.\d\de-\d/);
    expect(lines[1]).toMatch(/^ {2}\d fixes, trained like the network itself: 200 steps, seed 1$/);
    expect(out).toMatch(/^ {5}as it is +vanishing +0\.69/m);
    expect(out).toMatch(/^ {2}1 {2}\S.* (healthy|converged) +0\.\d+ +\d+ %/m);
    expect(out).toMatch(/\(\w.* (et al\. )?\d{4}\)/);
    expect(out).toMatch(/^ {5}- +3 {4}hidden: repeat 8 \{ dense 8 sigmoid init=xavier_uniform \}$/m);
    expect(out).toContain('This is one seed');
    expect(out).toMatch(/^shallow: healthy: .*\n {2}nothing to fix$/m);
  });

  test('over several seeds counts the verdicts', async () => {
    const { networks } = await fixesOf(fileOf(), ...deep, '--seeds', '2');
    expect(networks[0]?.seeds).toBe(2);
    for (const { verdicts = {} } of networks[0]?.fixes ?? [])
      expect(Object.values(verdicts).reduce((sum, times) => sum + times, 0)).toBe(2);
  });
});

describe('vgnet fix --apply', () => {
  test('writes the fix of that rank, which then holds what was measured', async () => {
    const file = fileOf();
    const tried = await fixesOf(file, ...deep);
    const fix = tried.networks[0]?.fixes[0];
    const { code, out } = await run(['fix', file, ...deep, '--apply', '1']);
    expect(code).toBe(0);
    expect(out).toContain(`Written to ${file}:\n  1: ${fix?.title}. `);
    const { out: analyzed } = await run(['analyze', file, ...deep, '--json']);
    const { networks } = JSON.parse(analyzed) as {
      networks: { verdict: { kind: string; message: string }; accuracy: { test: number } }[];
    };
    expect(networks[0]?.verdict).toEqual(fix?.verdict);
    expect(networks[0]?.accuracy.test).toBe(fix?.accuracy);
    // The other network and everything else stand as they were.
    const text = readFileSync(file, 'utf8');
    expect(text.slice(text.indexOf('network shallow'))).toBe(
      twoNetworks.slice(twoNetworks.indexOf('network shallow')),
    );
    expect(check(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('needs to know which network is meant', async () => {
    const file = fileOf();
    const { code, error } = await run(['fix', file, '--apply', '1']);
    expect(code).toBe(2);
    expect(error).toBe(`--apply needs --network NAME: ${file} has deep_sigmoid, shallow.\n`);
  });

  test('refuses a rank that there is not, and writes nothing', async () => {
    const file = fileOf();
    const { code, error } = await run(['fix', file, ...deep, '--apply', '99', '--steps', '40']);
    expect(code).toBe(2);
    expect(error).toMatch(/--apply 99: deep_sigmoid has fixes 1 to \d\.\n$/);
    expect(readFileSync(file, 'utf8')).toBe(twoNetworks);
  });

  test('leaves a file alone whose network needs nothing', async () => {
    const file = fileOf();
    const { code, out } = await run(['fix', file, '--network', 'shallow', '--apply', '1']);
    expect(code).toBe(0);
    expect(out).toContain('nothing to fix');
    expect(out).not.toContain('Written');
    expect(readFileSync(file, 'utf8')).toBe(twoNetworks);
  });

  test('writes nothing after Ctrl+C, and reports what was tried', async () => {
    const file = fileOf();
    // In the middle of the second fix.
    const { code, out } = await interruptedIn(3, ['fix', file, ...deep, '--apply', '1']);
    expect(code).toBe(130);
    expect(out).toContain('1 fix, trained like the network itself');
    expect(out).toMatch(/^ {2}interrupted: \d fixes not tried$/m);
    expect(readFileSync(file, 'utf8')).toBe(twoNetworks);
  });

  test('does not say after Ctrl+C that there are no fixes', async () => {
    const { code, out } = await interruptedIn(2, ['fix', fileOf(), ...deep]);
    expect(code).toBe(130);
    expect(out).toMatch(/^deep_sigmoid: vanishing: .*\n {2}interrupted: \d fixes not tried$/m);
    const { out: json } = await interruptedIn(2, ['fix', fileOf(), ...deep, '--json']);
    expect(JSON.parse(json)).toMatchObject({
      networks: [{ fixes: [], untried: expect.any(Number) as number }],
    });
  });
});

/** Ctrl+C while the run of this number is prepared. */
function interruptedIn(place: number, commandLine: readonly string[]): Promise<Outcome> {
  let interrupt = (): void => undefined;
  let begun = 0;
  return run(commandLine, {
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => undefined;
    },
    prepareRun: (...request) => {
      begun += 1;
      if (begun === place) interrupt();
      return prepareRun(...request);
    },
  });
}

describe('lines that edits change', () => {
  const text = 'a\nb {\n  c\n}\nd\n';

  test.each([
    ['within a line', [{ from: 0, to: 1, replacement: 'A' }], ['- 1  a', '+ 1  A']],
    ['a line more', [{ from: 9, to: 9, replacement: '\n  e' }], ['- 3    c', '+ 3    c', '+ 4    e']],
    [
      'apart from each other',
      [
        { from: 12, to: 13, replacement: 'D' },
        { from: 0, to: 1, replacement: 'A' },
      ],
      ['- 1  a', '+ 1  A', '- 5  d', '+ 5  D'],
    ],
    [
      'side by side',
      [
        { from: 0, to: 1, replacement: 'A' },
        { from: 2, to: 3, replacement: 'B' },
      ],
      ['- 1  a', '- 2  b {', '+ 1  A', '+ 2  B {'],
    ],
  ])('%s', (_, edits, expected) => {
    expect(changedLines(text, edits)).toEqual(expected);
  });
});
