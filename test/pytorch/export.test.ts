/** `vgnet export --to pytorch`, proven by PyTorch itself: the project runs, and its log agrees with vgnet's step by step. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { compareLogs } from '../../src/analysis/compareLogs.ts';
import type { FileSummary } from '../../src/analysis/summary.ts';
import { readRunLog, type RunLog } from '../../src/protocol/runLog.ts';
import { root } from '../../scripts/paths.ts';
import { folderOf, run } from '../cli/commandLine.ts';
import { exportedNetworks } from './networks.ts';
import { runProcesses, runPython } from './pytorch.ts';

interface Exported {
  readonly project: string;
  readonly ours: RunLog;
  readonly summary: FileSummary;
}

/** Trains here, and writes the project beside the log. */
async function exported(text: string, ...options: string[]): Promise<Exported> {
  const folder = folderOf({ 'net.vgnet': text });
  const file = path.join(folder, 'net.vgnet');
  const log = path.join(folder, 'ours.vglog');
  const project = path.join(folder, 'project');
  const analyzed = await run(['analyze', file, '--json', '--log', log, ...options]);
  expect(analyzed).toMatchObject({ code: 0, error: '' });
  expect(await run(['export', file, '--to', 'pytorch', '--out', project, ...options])).toMatchObject({
    code: 0,
    error: '',
  });
  return { project, ours: readLog(log), summary: JSON.parse(analyzed.out) as FileSummary };
}

function readLog(file: string): RunLog {
  const outcome = readRunLog(readFileSync(file, 'utf8'));
  if (!outcome.ok) throw new Error(outcome.message);
  expect(outcome.log.notes).toEqual([]);
  return outcome.log;
}

/** The largest relative difference of any metric but the share of zeros, after a look at whether everything is there. */
function difference(ours: RunLog, project: string): number {
  const theirs = readLog(path.join(project, 'run.vglog'));
  const comparison = compareLogs(ours, theirs);
  expect(comparison).toMatchObject({ steps: ours.rows.steps.length, onlyInFirst: [], onlyInSecond: [] });
  const described = ({ layers }: RunLog): object[] =>
    layers.map(({ name, kind, parameters }) => ({ name, kind, parameters }));
  expect(described(theirs)).toEqual(described(ours));
  let largest = comparison.loss?.difference ?? Infinity;
  for (const { metrics } of comparison.layers) {
    const { zeroShare, ...sizes } = metrics;
    expect(zeroShare).toBeDefined();
    expect(Object.keys(sizes)).toEqual([
      ...['norm', 'rms', 'relative', 'speed', 'largest', 'meanAbsolute', 'parameterNorm'],
    ]);
    for (const found of Object.values(sizes)) largest = Math.max(largest, found.difference);
  }
  return largest;
}

const example = (name: string): string => readFileSync(path.join(root, 'examples', name), 'utf8');

describe('the log that an exported project writes', () => {
  it.each(exportedNetworks)('agrees in float64: $name', async ({ text }) => {
    const { project, ours } = await exported(text);
    await runPython(project, ['train.py']);
    // Twelve steps of rounding, in whatever order of summation.
    expect(difference(ours, project)).toBeLessThan(1e-9);
  });

  it('agrees in float32 as far as float32 goes', async () => {
    const { project, ours, summary } = await exported(
      example('digits.vgnet'),
      ...['--network', 'digits_relu', '--steps', '60'],
    );
    const printed = await runPython(project, ['train.py']);
    // Each step rounds to 6e-8, and training spreads it.
    expect(difference(ours, project)).toBeLessThan(1e-3);
    const { train, test: heldOut } = summary.networks[0]?.accuracy ?? {};
    const percent = (share = NaN): string => `accuracy ${(100 * share).toFixed(1)} %`;
    expect(printed).toMatch(new RegExp(`^train: .*${percent(train)}$`, 'm'));
    expect(printed).toMatch(new RegExp(`^test: .*${percent(heldOut)}$`, 'm'));
  });

  // Batch statistics and masks are those of the whole batch, whoever has which samples; each has at least one.
  const divisible = exportedNetworks.filter(
    ({ name, text }) => /batchnorm|dropout/.test(text) && !name.includes('one sample'),
  );
  it.each(divisible)('is the same from three processes: $name', async ({ text }) => {
    const { project, ours } = await exported(text, '--steps', '4');
    await runProcesses(project, 3);
    expect(difference(ours, project)).toBeLessThan(1e-9);
  });

  it('ends where the run diverges', async () => {
    const { project, ours } = await exported(`network n {
  input 2
  dense 1
}
data gaussian { samples = 32 }
train { loss = mse, optimizer = sgd(lr=1), schedule = step(2, gamma=1e9), batch = all, steps = 50, precision = float64 }
`);
    await expect(runPython(project, ['train.py'])).rejects.toThrow(/diverged at step \d+/);
    expect(readLog(path.join(project, 'run.vglog')).rows.steps).toEqual(ours.rows.steps);
  });
});

test('the model alone starts from the weights under their names', async () => {
  const { project } = await exported(
    example('deep-sigmoid.vgnet'),
    '--network',
    'deep_sigmoid',
    '--steps',
    '1',
  );
  const script =
    'import torch; from model import Model; print(list(Model().state_dict())[:2]); print(tuple(Model()(torch.zeros(5, 2)).shape))';
  const printed = await runPython(project, ['-c', script]);
  expect(printed).toBe("['hidden[1].weight', 'hidden[1].bias']\n(5, 1)\n");
});

test('weights of another model are refused by name', async () => {
  const { project } = await exported(example('linear-chain.vgnet'), '--steps', '1');
  const other = await exported(example('deep-sigmoid.vgnet'), '--network', 'deep_sigmoid', '--steps', '1');
  const weights = 'weights.safetensors';
  writeFileSync(path.join(project, weights), readFileSync(path.join(other.project, weights)));
  await expect(runPython(project, ['train.py'])).rejects.toThrow(
    /does not fit model\.py: missing .*unexpected/,
  );
});

test('more processes than samples in a batch are refused in words', async () => {
  const { project } = await exported(
    'network n {\n  input 2\n  dense 1\n}\ndata gaussian { samples = 9, split = 1 }\ntrain { loss = mse, batch = 4, steps = 1 }\n',
  );
  await expect(runProcesses(project, 2)).rejects.toThrow(/2 processes, but the smallest batch has 1 samples/);
});

test('gradient_log.py logs any other model, with a scaled loss and one that is no number', async () => {
  const { project } = await exported(example('linear-chain.vgnet'), '--steps', '1');
  const script = `
import torch
from gradient_log import GradientLog
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
log = GradientLog("other.vglog", model)
for step in range(2):
    optimizer.zero_grad()
    loss = model(torch.ones(5, 3)).square().mean()
    (loss * 1024).backward()
    log.before_update(step, loss if step == 0 else float("nan"), scale=1024.0)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1e-3)
    optimizer.step()
    log.after_update()
print(loss.item())
`;
  writeFileSync(path.join(project, 'other.py'), script);
  await runPython(project, ['other.py']);
  const { layers, rows, source } = readLog(path.join(project, 'other.vglog'));
  expect(source).toBe('pytorch');
  expect(layers.map(({ name, parameters }) => [name, parameters])).toEqual([
    ['0', 16],
    ['2', 5],
  ]);
  expect([...rows.loss]).toEqual([expect.closeTo(0.1, 0), NaN]);
});
