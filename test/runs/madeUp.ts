/** Made-up networks, rows and sessions: the smallest that the code under test can work with. */
import {
  recordedQuantities,
  type RecordedLayer,
  type RecordedRows,
  type RunResult,
} from '../../src/engine/recording.ts';
import type { CheckedNetwork, Layer } from '../../src/language/network.ts';
import { defaultThresholds, type Thresholds } from '../../src/analysis/verdict.ts';
import { Session } from '../../src/runs/session.ts';

export const text = [
  'network n {',
  '  input 2',
  '  hidden: repeat 3 { dense 4 sigmoid }',
  '  output: dense 1',
  '}',
].join('\n');

function spanOf(part: string): { from: number; to: number } {
  const from = text.indexOf(part);
  return { from, to: from + part.length };
}

const hidden = {
  line: 3,
  span: spanOf('dense 4 sigmoid'),
  kind: 'dense',
  activation: 'sigmoid',
  parameters: 20,
};
const output = {
  line: 4,
  span: spanOf('output: dense 1'),
  kind: 'dense',
  activation: 'linear',
  parameters: 5,
};

const layers = [
  ...[1, 2, 3].map((instance) => ({
    ...hidden,
    name: `hidden[${instance}]`,
    repeat: { line: 3, span: spanOf('hidden: repeat 3 { dense 4 sigmoid }'), instance, count: 3 },
  })),
  { ...output, name: 'output', repeat: undefined },
].map((layer) => ({ ...layer, inputShape: [4], outputShape: [layer.parameters === 5 ? 1 : 4] }));

export const network = {
  name: 'n',
  line: 1,
  layers: layers.map((layer) => ({
    ...layer,
    activation: { name: layer.activation, parameter: 0 },
  })) as unknown as Layer[],
  outputShape: [1],
  parameters: 65,
  train: {
    seed: 1,
    loss: 'bce_with_logits',
    optimizer: { name: 'sgd', lr: 0.1, momentum: 0, nesterov: false, weightDecay: 0 },
  },
} as unknown as CheckedNetwork;

export const recordedLayers: readonly RecordedLayer[] = layers.map(
  ({ name, kind, parameters, line, activation }) => ({ name, kind, parameters, line, activation }),
);

/** Rows in which every layer's norm is as given for each step; speed and error are like the norm, all else is absent. */
export function rowsOf(firstStep: number, norms: readonly (readonly number[])[]): RecordedRows {
  const values = norms.flatMap((row) =>
    row.flatMap((norm) =>
      recordedQuantities.map((quantity) => {
        if (quantity === 'parameterNorm') return 1;
        return ['norm', 'speed', 'error', 'outputError', 'largest'].includes(quantity) ? norm : Number.NaN;
      }),
    ),
  );
  return {
    steps: Float64Array.from(norms, (_, row) => firstStep + row),
    loss: Float64Array.from(norms, () => 0.7),
    values: Float64Array.from(values),
    timeErrors: new Float64Array(0),
  };
}

export function resultOf(end: RunResult['end'], steps: number): RunResult {
  const statistics = {
    loss: 0.7,
    accuracy: 0.5,
    test: undefined,
    deadShare: new Float64Array(recordedLayers.length),
    saturation: new Float64Array(recordedLayers.length),
    outputDeviation: 0,
  };
  return {
    end,
    steps,
    seconds: 0.1,
    seed: 1,
    parameters: 65,
    constantLoss: 0.7,
    before: statistics,
    after: end === 'diverged' ? undefined : statistics,
  };
}

export function sessionOf(id = 'a', thresholds: Thresholds = defaultThresholds, seeds = 1): Session {
  return new Session(id, {
    file: 'file:///n.vgnet',
    text,
    network,
    header: spanOf('network n'),
    thresholds,
    prediction: undefined,
    seeds,
    startedAt: 0,
  });
}

/** Thirty steps in which the gradient falls a hundredfold from layer to layer towards the input, and nothing is learned. */
export function vanishingSession(id = 'a'): Session {
  const session = sessionOf(id);
  const norms = Array.from({ length: 30 }, () => [1e-7, 1e-5, 1e-3, 1e-1]);
  session.receive({
    type: 'started',
    job: 1,
    layers: recordedLayers,
    parameters: 65,
    steps: 30,
    bytes: 1,
    notes: [],
  });
  session.receive({ type: 'rows', job: 1, rows: rowsOf(0, norms), histograms: [] });
  session.receive({ type: 'finished', job: 1, result: resultOf('completed', 30) });
  return session;
}
