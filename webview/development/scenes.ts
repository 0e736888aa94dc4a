/** What can be looked at without an editor: one scene for each state of the view. */
import type { PredictedLayer } from '../../src/analysis/prediction.ts';
import type { RecordedLayer } from '../../src/engine/recording.ts';
import { makeRun, type MadeUpRun, type Recipe } from './madeUpRuns.ts';

export interface Scene {
  readonly networks: readonly string[];
  readonly runs: readonly MadeUpRun[];
  /** Undefined: no file is open. */
  readonly file?: string | undefined;
}

const file = 'file:///made-up.vgnet';

function dense(hidden: number, activation: string): RecordedLayer[] {
  const layers = Array.from({ length: hidden }, (_, index): RecordedLayer => ({
    name: `hidden[${index + 1}]`,
    kind: 'dense',
    parameters: index === 0 ? 48 : 272,
    line: 4,
    activation,
  }));
  return [...layers, { name: 'output', kind: 'dense', parameters: 17, line: 5, activation: 'sigmoid' }];
}

const sigmoidLayers = dense(8, 'sigmoid');

const deepSigmoid: Recipe = {
  network: 'deep_sigmoid',
  layers: sigmoidLayers,
  steps: 500,
  norm: (depth, time) => 0.093 * 10 ** (-5.6 * (1 - depth)) * (1 - 0.75 * time * depth),
  loss: () => 0.6934,
  verdict: {
    kind: 'vanishing',
    layers: sigmoidLayers.slice(0, 5).map(({ name }) => name),
    message: 'hidden[1] 2.30e-7, 410,000 times less than output; 4.2 times per layer',
    evidence: {},
  },
  header: { prediction: predict(sigmoidLayers, (depth) => 0.11 * 10 ** (-5.5 * (1 - depth))) },
};

const deepRelu: Recipe = {
  network: 'deep_relu',
  layers: dense(8, 'relu'),
  steps: 500,
  norm: (depth, time) => 0.3 * 10 ** (0.25 * (1 - depth)) * 10 ** (-1.4 * time),
  loss: (time) => 0.69 * 10 ** (-1.5 * time),
  derivative: 0.7,
  gain: 1.4,
  verdict: {
    kind: 'healthy',
    layers: [],
    message: 'norms within 2.1 times of each other, loss 0.69 → 0.022',
    evidence: {},
  },
  header: { startedAt: new Date(2026, 4, 12, 14, 5, 2).getTime() },
};

function predict(layers: readonly RecordedLayer[], norm: (depth: number) => number): PredictedLayer[] {
  return layers.map(({ name }, index) => {
    const median = norm(index / (layers.length - 1));
    return {
      name,
      norm: median,
      p10: median * 0.5,
      p90: median * 1.9,
      error: median,
      decay: undefined,
      wide: false,
    };
  });
}

/** Ten seeds, of which half die: what the seeds have in common is a factor between their norms. */
const deadInSome: Recipe & { readonly others: readonly Recipe[] } = {
  ...deepRelu,
  network: 'narrow_relu',
  norm: narrowNorm(1),
  loss: () => Math.LN2,
  verdict: {
    kind: 'dead-units',
    layers: ['hidden[3]'],
    message: 'no unit of hidden[3] fires for any sample',
    evidence: {},
  },
  header: {
    seeds: {
      planned: 10,
      ended: 10,
      shown: 1,
      verdicts: { 'dead-units': 5, 'healthy': 5 },
      steps: 5000,
      plannedSteps: 5000,
    },
  },
  others: Array.from({ length: 9 }, (_, index) => ({
    ...deepRelu,
    network: `seed ${index + 2}`,
    norm: narrowNorm(10 ** (0.3 * (index - 4))),
  })),
};

function narrowNorm(scale: number): Recipe['norm'] {
  return (depth, time) => scale * 0.05 * 10 ** (-2 * (1 - depth) - time);
}

function one(recipe: Recipe, others: readonly Recipe[] = []): Scene {
  const seeds = others.map((other) => makeRun(other).rows);
  return { file, networks: [recipe.network], runs: [{ ...makeRun(recipe), seeds }] };
}

function manyLayers(count: number, steps: number): Recipe {
  const layers = Array.from({ length: count }, (_, index): RecordedLayer => ({
    name: `block[${index + 1}].dense`,
    kind: 'dense',
    parameters: 20,
    line: 4,
    activation: 'tanh',
  }));
  const norm = (depth: number, time: number): number =>
    10 ** (-3 * (1 - depth) - time) * (1 + 0.5 * Math.sin(40 * time + 6 * depth));
  return { network: `layers_${count}`, layers, steps, norm, loss: (time) => 1 - 0.6 * time };
}

/** Every scene, made when it is asked for. */
export const scenes: Readonly<Record<string, () => Scene>> = {
  'vanishing': () => ({ ...one(deepSigmoid), networks: ['deep_sigmoid', 'deep_relu'] }),
  'healthy': () => one(deepRelu),
  'compare': () => ({
    file,
    networks: ['deep_sigmoid', 'deep_relu'],
    runs: [makeRun(deepRelu), makeRun(deepSigmoid)],
  }),
  'zeros': () =>
    one({
      ...deepRelu,
      network: 'dead_relu',
      norm: (depth, time, layer) =>
        layer < 3 && time > 0.4 - 0.1 * layer ? 0 : 0.02 * 10 ** (-2 * (1 - depth)),
      loss: () => Math.LN2,
      verdict: {
        kind: 'dead-units',
        layers: ['hidden[1]', 'hidden[2]', 'hidden[3]'],
        message: 'hidden[3]: 16 of 16 units are zero for every sample',
        evidence: {},
      },
    }),
  'diverged': () =>
    one({
      ...deepRelu,
      network: 'too_fast',
      steps: 90,
      norm: (depth, time) =>
        time > 0.8 ? Number.NaN : time > 0.77 ? Infinity : 10 ** (20 * time * (1.2 - 0.4 * depth)),
      loss: (time) => (time > 0.8 ? Number.NaN : 0.7 * 10 ** (30 * time)),
      verdict: {
        kind: 'diverged',
        layers: ['hidden[1]'],
        message: 'hidden[1] is not finite since step 69',
        evidence: {},
      },
      header: { state: 'diverged', plannedSteps: 500 },
    }),
  'recurrent': () =>
    one({
      network: 'adding_rnn',
      layers: [
        { name: 'memory', kind: 'rnn', parameters: 1120, line: 4, activation: 'tanh', timeSteps: 60 },
        { name: 'answer', kind: 'dense', parameters: 33, line: 5, activation: 'linear' },
      ],
      steps: 300,
      norm: (depth, time) => 10 ** (-1 + depth) * (1 - 0.4 * time),
      loss: (time) => 0.2 - 0.05 * time,
      verdict: {
        kind: 'vanishing',
        layers: ['memory'],
        message: 'memory: the error at time step 1 is 1.2e6 times less than at step 60',
        evidence: {},
      },
    }),
  'running': () => {
    const run = makeRun(deepSigmoid);
    const kept = 180;
    const perRow = run.header.layers.length * 13;
    return {
      file,
      networks: ['deep_sigmoid'],
      runs: [
        {
          ...run,
          header: { ...run.header, state: 'running', result: undefined, verdict: undefined },
          rows: {
            steps: run.rows.steps.slice(0, kept),
            loss: run.rows.loss.slice(0, kept),
            values: run.rows.values.slice(0, kept * perRow),
            timeErrors: run.rows.timeErrors,
          },
          histograms: run.histograms.filter(({ step }) => step < kept),
        },
      ],
    };
  },
  'seeds': () => one(deadInSome, deadInSome.others),
  'stale': () => one({ ...deepSigmoid, header: { ...deepSigmoid.header, stale: true } }),
  'failed': () =>
    one({
      ...deepSigmoid,
      steps: 0,
      header: {
        state: 'failed',
        result: undefined,
        verdict: undefined,
        failure: 'iris.csv, line 17: expected 5 columns, found 4',
      },
    }),
  'no-run': () => ({ file, networks: ['deep_sigmoid', 'deep_relu'], runs: [] }),
  'no-network': () => ({ file, networks: [], runs: [] }),
  'no-file': () => ({ file: undefined, networks: [], runs: [] }),
  'no-steps': () => one({ ...deepSigmoid, steps: 0 }),
  'one-step': () => one({ ...deepSigmoid, steps: 1 }),
  'one-layer': () => one({ ...deepRelu, layers: dense(0, 'linear') }),
  'log': () => {
    const run = makeRun({
      ...deepRelu,
      header: {
        prediction: undefined,
        result: undefined,
        verdict: undefined,
        network: 'from_torch',
        hasText: false,
        notes: ['line 502 is not whole and was passed over'],
      },
    });
    const onlyNorms = run.rows.values.map((value, index) => (index % 13 === 0 ? value : Number.NaN));
    return {
      file: 'file:///run.vglog',
      networks: [],
      runs: [{ ...run, rows: { ...run.rows, values: onlyNorms }, histograms: [] }],
    };
  },
  'markup': () =>
    one({
      ...deepRelu,
      network: '<b>bold</b>',
      layers: dense(3, 'relu').map((layer, index) => ({
        ...layer,
        name: `<img src=x onerror="document.title='broken ${index}'">`,
      })),
    }),
  'deep': () => one(manyLayers(50, 10_000)),
  'huge': () => one(manyLayers(1000, 300)),
};
