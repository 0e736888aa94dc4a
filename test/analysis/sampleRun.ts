/** Runs made up by hand for tests of the rules: each quantity is given as a function of depth and time. */
import { metricOf, quantitiesPerLayer, quantityOffset } from '../../src/analysis/metrics.ts';
import {
  histogramBins,
  histogramLowestExponent,
  type GradientHistogram,
  type RecordedLayer,
  type RecordedQuantity,
  type Recording,
  type RunResult,
} from '../../src/engine/recording.ts';
import type {
  ActivationName,
  CheckedNetwork,
  DenseLayer,
  LossName,
  Optimizer,
} from '../../src/language/network.ts';

/** Value of a quantity in a layer (0 is the input-most) at a share of the run between 0 and 1. */
type Field = number | ((layer: number, time: number) => number);

export interface SampleRun {
  readonly layers?: number;
  readonly rows?: number;
  readonly activation?: ActivationName;
  /** Of the last layer. */
  readonly outputActivation?: ActivationName;
  readonly outputUnits?: number;
  readonly loss?: LossName;
  readonly optimizer?: Optimizer['name'];
  readonly precision?: 'float32' | 'float64';
  /** Loss at a share of the run. */
  readonly losses?: (time: number) => number;
  readonly constantLoss?: number;
  readonly end?: RunResult['end'];
  /** Whole-data shares after training, by layer. */
  readonly dead?: (layer: number) => number;
  readonly saturation?: (layer: number) => number;
  readonly quantities?: Partial<Record<RecordedQuantity, Field>>;
  /** Error of the last layer at each time step, as a recurrent layer has it. */
  readonly timeErrors?: readonly number[];
  /** Typical size of a gradient entry in each layer, for histograms; none without it. */
  readonly entries?: (layer: number) => number;
}

const span = { from: 0, to: 0 };
const units = 5;

/** A recording, its result and its network; what is not said is an unremarkable run of four tanh layers that learns. */
export function sampleRun(run: SampleRun = {}): {
  recording: Recording;
  result: RunResult;
  network: CheckedNetwork;
} {
  const { layers = 4, rows = 100, constantLoss = 0.7, end = 'completed', timeErrors = [] } = run;
  const losses = run.losses ?? ((time: number) => 0.7 - 0.5 * time);
  const quantities: Partial<Record<RecordedQuantity, Field>> = {
    norm: 0.1,
    error: 0.1,
    outputError: 0.1,
    speed: 1e-3,
    parameterNorm: 1,
    inputNorm: 1,
    ...run.quantities,
  };
  const values = new Float64Array(rows * layers * quantitiesPerLayer).fill(Number.NaN);
  for (let row = 0; row < rows; row += 1) {
    for (let layer = 0; layer < layers; layer += 1) {
      for (const [quantity, field] of Object.entries(quantities)) {
        const offset =
          (row * layers + layer) * quantitiesPerLayer + quantityOffset[quantity as RecordedQuantity];
        values[offset] = typeof field === 'function' ? field(layer, timeOf(row, rows)) : field;
      }
    }
  }
  const loss = Float64Array.from({ length: rows }, (_, row) => losses(timeOf(row, rows)));
  const recordedLayers = Array.from({ length: layers }, (_, layer): RecordedLayer => {
    const isLast = layer === layers - 1;
    const activation = isLast ? (run.outputActivation ?? 'linear') : (run.activation ?? 'tanh');
    const name = isLast ? 'output' : `hidden[${layer + 1}]`;
    const recurrent = isLast && timeErrors.length > 0 ? { timeSteps: timeErrors.length } : {};
    return { name, kind: 'dense', parameters: 30, line: isLast ? 4 : 3, activation, ...recurrent };
  });
  const recording: Recording = {
    layers: recordedLayers,
    rows: {
      steps: Float64Array.from({ length: rows }, (_, row) => row),
      loss,
      values,
      timeErrors: Float64Array.from(
        { length: rows * timeErrors.length },
        (_, i) => timeErrors[i % timeErrors.length] ?? NaN,
      ),
    },
    histograms:
      run.entries === undefined
        ? []
        : [0, rows - 1].map((step) => histogram(step, layers, run.entries ?? Number)),
    extremes(layer, quantity) {
      const series = Array.from({ length: rows }, (_, row) => {
        return metricOf(quantity).read(values, (row * layers + layer) * quantitiesPerLayer, NaN);
      });
      const finite = series.filter((value) => Number.isFinite(value));
      return {
        first: series[0] ?? NaN,
        last: series.at(-1) ?? NaN,
        min: Math.min(...finite),
        max: Math.max(...finite),
      };
    },
  };
  const statistics = (time: number) => ({
    loss: losses(time),
    accuracy: undefined,
    test: undefined,
    deadShare: Float64Array.from({ length: layers }, (_, layer) => run.dead?.(layer) ?? 0),
    saturation: Float64Array.from({ length: layers }, (_, layer) => run.saturation?.(layer) ?? 0),
    outputDeviation: 0.1,
  });
  const result: RunResult = {
    end,
    steps: rows,
    seconds: 0.1,
    seed: 1,
    parameters: 30 * layers,
    constantLoss,
    before: statistics(0),
    after: end === 'diverged' ? undefined : statistics(1),
  };
  return { recording, result, network: sampleNetwork(recordedLayers, run) };
}

function timeOf(row: number, rows: number): number {
  return rows === 1 ? 0 : row / (rows - 1);
}

function sampleNetwork(recorded: readonly RecordedLayer[], run: SampleRun): CheckedNetwork {
  const outputUnits = run.outputUnits ?? 1;
  const layers = recorded.map((layer, index): DenseLayer => {
    const size = index === recorded.length - 1 ? outputUnits : units;
    return {
      kind: 'dense',
      index,
      name: layer.name,
      inputs: [index - 1],
      inputShape: [units],
      outputShape: [size],
      parameters: layer.parameters,
      line: layer.line ?? 1,
      span,
      repeat: undefined,
      units: size,
      activation: { name: (layer.activation ?? 'linear') as ActivationName, parameter: 0 },
      init: { name: 'default' },
      biasInit: { name: 'default' },
      bias: true,
    };
  });
  const optimizer: Optimizer =
    run.optimizer === 'adam'
      ? { name: 'adam', lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 }
      : { name: 'sgd', lr: 0.1, momentum: 0, nesterov: false, weightDecay: 0 };
  return {
    name: 'sample',
    line: 1,
    span,
    input: { shape: [units], vocabulary: undefined, line: 2, span },
    layers,
    outputShape: [outputUnits],
    parameters: layers.length * 30,
    data: { kind: 'circles', noise: 0.1, factor: 0.8, samples: 1000, seed: 0, split: 0.7, line: 1, span },
    train: {
      loss: run.loss ?? 'bce_with_logits',
      optimizer,
      schedule: { name: 'constant' },
      clip: undefined,
      batch: 32,
      duration: { steps: 100 },
      seed: 1,
      precision: run.precision ?? 'float32',
      weights: undefined,
    },
    analyze: {
      threshold: undefined,
      explode: undefined,
      ratio: undefined,
      metric: undefined,
      every: 1,
      seeds: 1,
    },
  };
}

/** All entries of a layer in the bin of its typical size. */
function histogram(step: number, layers: number, entries: (layer: number) => number): GradientHistogram {
  const counts = new Uint32Array(layers * histogramBins);
  for (let layer = 0; layer < layers; layer += 1) {
    const size = entries(layer);
    const bin = size === 0 ? 0 : 1 + Math.max(0, Math.floor(Math.log2(size)) - histogramLowestExponent);
    counts[layer * histogramBins + bin] = 30;
  }
  return { step, counts };
}
