import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDataFiles } from '../src/cli/inputFile.ts';
import { trainNetwork, type TrainedNetwork } from '../src/cli/training.ts';
import type { RecordedQuantity } from '../src/engine/recording.ts';
import { prepareRun } from '../src/engine/trainer.ts';
import { check } from '../src/language/check.ts';
import type { RuleId } from '../src/language/rules.ts';

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const shippedData = fileURLToPath(new URL('../data/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.vgnet'));

/** What the comment at the top of an example says, as a test of its networks by name. */
interface Claim {
  /** Fewer steps than the file's that are enough. */
  readonly steps?: number;
  /** Rules that warn of just what the example shows. */
  readonly warnings?: readonly RuleId[];
  readonly holds: (networks: (name: string) => Example) => void;
}

/** A network of an example after its run. */
class Example {
  readonly trained: TrainedNetwork;

  constructor(trained: TrainedNetwork) {
    this.trained = trained;
  }

  get verdict(): string {
    return this.trained.judgement.verdict.kind;
  }

  get findings(): readonly string[] {
    return this.trained.judgement.findings.map(({ id }) => id);
  }

  get lossAfter(): number {
    return this.trained.result.after?.loss ?? Number.NaN;
  }

  get constantLoss(): number {
    return this.trained.result.constantLoss;
  }

  get testAccuracy(): number {
    return this.trained.result.after?.test?.accuracy ?? Number.NaN;
  }

  /** The quantity of every layer with parameters at the first or last step. */
  values(quantity: RecordedQuantity, when: 'first' | 'last'): readonly number[] {
    const { recording } = this.trained;
    return recording.layers.map((_, layer) => recording.extremes(layer, quantity)[when]);
  }

  /** The same of one layer. */
  value(layer: string, quantity: RecordedQuantity, when: 'first' | 'last'): number {
    const position = this.trained.recording.layers.findIndex(({ name }) => name === layer);
    return this.trained.recording.extremes(position, quantity)[when];
  }

  /** Norms of the error at each time step, the row that is so far from the start (0) or the end (−1). */
  timeErrors(row: 0 | -1): readonly number[] {
    const { steps, timeErrors } = this.trained.recording.rows;
    const width = timeErrors.length / steps.length;
    const from = row === 0 ? 0 : timeErrors.length - width;
    return [...timeErrors.subarray(from, from + width)];
  }
}

/** What is left of the error at the first time step. */
const overTime = (errors: readonly number[]): number => errors[0] / errors[errors.length - 1];

const apart = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);

const claims: Record<string, Claim> = {
  'deep-sigmoid.vgnet': {
    holds: (networks) => {
      const [sigmoid, relu] = [networks('deep_sigmoid'), networks('deep_relu')];
      expect(sigmoid.verdict).toBe('vanishing');
      expect(sigmoid.lossAfter).toBeGreaterThan(0.98 * sigmoid.constantLoss);
      expect(sigmoid.value('output', 'norm', 'last')).toBeGreaterThan(
        1000 * sigmoid.value('hidden[1]', 'norm', 'last'),
      );
      expect(['healthy', 'converged']).toContain(relu.verdict);
      expect(relu.testAccuracy).toBeGreaterThan(0.95);
    },
  },
  'nielsen.vgnet': {
    holds: (networks) => {
      const nielsen = networks('nielsen');
      const norm = (layer: number) => nielsen.value(`layer[${layer}]`, 'norm', 'first');
      expect(nielsen.verdict).toBe('vanishing');
      expect(norm(2)).toBeLessThan(norm(4) / 5);
      expect(norm(4)).toBeLessThan(norm(6) / 5);
    },
  },
  'linear-chain.vgnet': {
    holds: (networks) => {
      const chain = networks('linear_chain');
      expect(chain.verdict).toBe('uniformly-small');
      expect(apart(chain.values('norm', 'first'))).toBeLessThan(1.001);
      expect(chain.values('norm', 'first')[0]).toBeLessThan(1e-4);
    },
  },
  'converged.vgnet': {
    holds: (networks) => {
      const { trained, verdict, lossAfter, findings } = networks('converged');
      expect([verdict, findings]).toEqual(['converged', ['converged']]);
      expect(lossAfter).toBeLessThan(1e-3);
      trained.recording.layers.forEach((_, layer) => {
        expect(trained.recording.extremes(layer, 'norm').last).toBeLessThan(trained.thresholds.threshold);
      });
    },
  },
  'initial-range.vgnet': {
    warnings: ['initialiser-scale'],
    holds: (networks) => {
      const [small, right, large] = ['too_small', 'right', 'too_large'].map(networks);
      expect([small.verdict, large.verdict]).toEqual(['vanishing', 'exploding']);
      expect(['healthy', 'converged']).toContain(right.verdict);
      expect(apart(right.values('norm', 'first'))).toBeLessThan(50);
      expect(right.testAccuracy).toBeGreaterThan(0.95);
      expect(small.lossAfter).toBeGreaterThan(0.98 * small.constantLoss);
      expect(large.lossAfter).toBeGreaterThan(0.9 * large.constantLoss);
    },
  },
  'digits.vgnet': {
    holds: (networks) => {
      const [sigmoid, relu] = [networks('digits_sigmoid'), networks('digits_relu')];
      expect(sigmoid.verdict).toBe('vanishing');
      expect(sigmoid.testAccuracy).toBeLessThan(0.2);
      expect(['healthy', 'converged']).toContain(relu.verdict);
      expect(relu.testAccuracy).toBeGreaterThan(0.9);
    },
  },
  'iris.vgnet': {
    holds: (networks) => {
      const iris = networks('iris');
      expect(['healthy', 'converged']).toContain(iris.verdict);
      expect(iris.testAccuracy).toBeGreaterThan(0.9);
      expect(apart(iris.values('norm', 'last'))).toBeLessThan(10);
    },
  },
  'rnn-through-time.vgnet': {
    steps: 600,
    holds: (networks) => {
      const [plain, ...gated] = ['plain', 'with_lstm', 'with_gru'].map(networks);
      expect(overTime(plain.timeErrors(-1))).toBeLessThan(1e-2);
      expect(plain.lossAfter).toBeGreaterThan(0.5 * plain.constantLoss);
      for (const network of gated) {
        expect(overTime(network.timeErrors(0))).toBeLessThan(1e-3);
        expect(overTime(network.timeErrors(-1))).toBeGreaterThan(1e-2);
        expect(network.lossAfter).toBeLessThan(0.1 * network.constantLoss);
      }
    },
  },
  'linear-recurrence.vgnet': {
    holds: (networks) => {
      // ρ^T exactly: an orthogonal matrix keeps lengths.
      expect(overTime(networks('decays').timeErrors(0)) / 0.9 ** 50).toBeCloseTo(1, 4);
      expect(overTime(networks('grows').timeErrors(0)) / 1.1 ** 50).toBeCloseTo(1, 4);
    },
  },
  'resnet-digits.vgnet': {
    steps: 100,
    warnings: ['rectifier-initialiser'],
    holds: (networks) => {
      const [plain, shortcuts] = [networks('plain'), networks('shortcuts')];
      expect(plain.verdict).toBe('vanishing');
      expect(plain.value('stem', 'norm', 'first')).toBeLessThan(1e-6);
      expect(plain.testAccuracy).toBeLessThan(0.2);
      expect(['healthy', 'converged']).toContain(shortcuts.verdict);
      expect(shortcuts.testAccuracy).toBeGreaterThan(0.9);
    },
  },
  'transformer-copy.vgnet': {
    steps: 200,
    holds: (networks) => {
      const transformer = networks('transformer');
      expect(['healthy', 'converged']).toContain(transformer.verdict);
      expect(transformer.lossAfter).toBeLessThan(0.02);
      expect(transformer.testAccuracy).toBeGreaterThan(0.99);
    },
  },
  'glorot-vs-he.vgnet': {
    steps: 200,
    warnings: ['rectifier-initialiser'],
    holds: (networks) => {
      const [glorot, he] = [networks('glorot'), networks('he')];
      expect(glorot.verdict).toBe('vanishing');
      expect(apart(glorot.values('norm', 'first'))).toBeLessThan(10);
      expect(glorot.value('output', 'error', 'first')).toBeGreaterThan(
        1e4 * glorot.value('hidden[1]', 'error', 'first'),
      );
      expect(glorot.lossAfter).toBeGreaterThan(0.999 * glorot.constantLoss);
      expect(he.lossAfter).toBeLessThan(0.6 * he.constantLoss);
    },
  },
};

test('every example makes a claim, and every claim has its example', () => {
  expect(Object.keys(claims).sort()).toEqual(files.sort());
});

describe.each(Object.entries(claims))('%s', (file, { steps, warnings = [], holds }) => {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const { diagnostics, networks } = check(text);

  test('has no diagnostics but those that it is about', () => {
    expect(new Set(diagnostics.map(({ rule }) => rule))).toEqual(new Set(warnings));
  });

  test('begins with what to look for, and is short', () => {
    expect(text).toMatch(/^(# \S.*\n){2,6}\w/);
    expect(text.split('\n').length).toBeLessThan(60);
  });

  test('keeps what its comment says', async () => {
    const examples = new Map<string, Example>();
    for (const network of networks.flatMap((outcome) => outcome.network ?? [])) {
      const data = await readDataFiles(path.join(folder, file), network, shippedData);
      const train = steps === undefined ? network.train : { ...network.train, duration: { steps } };
      const trained = await trainNetwork(file, { ...network, train }, data, prepareRun);
      examples.set(network.name, new Example(trained));
    }
    holds((name) => {
      const example = examples.get(name);
      if (example === undefined) {
        throw new Error(`${file} has no network ${name} that can be trained`);
      }
      return example;
    });
  }, 60_000);
});
