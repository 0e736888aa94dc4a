/**
 * Corners of functions, where implementations differ: kinks, equal entries of a pooling window, answers that are certain.
 * Expected values are PyTorch's: `test/fixtures/make/corners.py`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordedQuantities, type RecordedQuantity } from '../../src/engine/recording.ts';
import { prepareRun, type Advance } from '../../src/engine/trainer.ts';
import { check } from '../../src/language/check.ts';

interface Corner {
  readonly name: string;
  readonly text: string;
  readonly loss: number;
  readonly norms: readonly number[];
}

const corners = JSON.parse(
  readFileSync(new URL('../fixtures/corners.json', import.meta.url), 'utf8'),
) as readonly Corner[];

describe('as PyTorch', () => {
  test.each(corners)('$name', ({ text, loss, norms }) => {
    const { rows } = train(text);
    expectClose(rows.loss[0], loss);
    norms.forEach((norm, layer) => expectClose(quantity(rows, layer, 'norm'), norm));
  });
});

test('the share of zeros is a share also where the loss is not finite', () => {
  const { rows } = train(`
    network a {
      input 2
      dense 3 exponential init=constant(300) bias_init=zeros
      dense 3 exponential init=constant(300) bias_init=zeros
      dense 1
    }
    data inline { inputs = [[1, 1], [2, 1]], targets = [[0], [1]] }
    train { loss = mse, batch = all, steps = 1 }`);
  expect(rows.loss[0]).not.toBeLessThan(Infinity);
  for (const layer of [0, 1, 2]) expect(quantity(rows, layer, 'zeroShare')).toBeGreaterThanOrEqual(0);
});

function train(text: string): Advance {
  const { diagnostics, networks } = check(text);
  const { network } = networks[0];
  if (network === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const prepared = prepareRun(network, new Map(), { memoryLimit: 2 ** 30 });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.run.advance(1000);
}

function quantity({ values }: Advance['rows'], layer: number, name: RecordedQuantity): number {
  return values[layer * recordedQuantities.length + recordedQuantities.indexOf(name)];
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}
