/** Runs from formulas: the same on every machine, and with everything in them that a chart has to cope with. */
import { quantitiesPerLayer, quantityOffset } from '../../src/analysis/metrics.ts';
import { defaultThresholds, type Verdict } from '../../src/analysis/verdict.ts';
import {
  histogramBins,
  histogramLowestExponent,
  type GradientHistogram,
  type RecordedLayer,
  type RecordedQuantity,
  type RecordedRows,
} from '../../src/engine/recording.ts';
import type { RunHeader } from '../../src/protocol/view.ts';

export interface MadeUpRun {
  readonly header: RunHeader;
  readonly rows: RecordedRows;
  readonly histograms: readonly GradientHistogram[];
  readonly seeds: readonly RecordedRows[];
}

export interface Recipe {
  readonly network: string;
  readonly layers: readonly RecordedLayer[];
  readonly steps: number;
  /** Gradient norm of a layer, as its share of the depth (0 input, 1 output), at a share of the run. */
  readonly norm: (depth: number, time: number, layer: number) => number;
  readonly loss: (time: number) => number;
  /** What the activation's derivative passes on, and what the weights do. */
  readonly derivative?: number;
  readonly gain?: number;
  readonly verdict?: Verdict;
  readonly header?: Partial<RunHeader>;
}

/** A run by its recipe. */
export function makeRun(recipe: Recipe): MadeUpRun {
  const { layers, steps } = recipe;
  const random = generator(recipe.network);
  const timeSteps = layers.reduce((sum, layer) => sum + (layer.timeSteps ?? 0), 0);
  const rows: RecordedRows = {
    steps: Float64Array.from({ length: steps }, (_, step) => step),
    loss: new Float64Array(steps),
    values: new Float64Array(steps * layers.length * quantitiesPerLayer),
    timeErrors: new Float64Array(steps * timeSteps),
  };
  for (let step = 0; step < steps; step += 1) {
    const time = steps === 1 ? 0 : step / (steps - 1);
    rows.loss[step] = recipe.loss(time) * (1 + 0.04 * (random() - 0.5));
    // As mini-batches of real runs do: their norms differ by a decade, and those of all layers together.
    const batch = 10 ** (0.8 * (random() + random() - 1));
    for (const [index, layer] of layers.entries()) {
      const norm =
        recipe.norm(layers.length === 1 ? 1 : index / (layers.length - 1), time, index) *
        batch *
        (1 + 0.3 * (random() - 0.5));
      const values = quantities(recipe, layer, index, norm);
      for (const [name, value] of Object.entries(values)) {
        const offset = (step * layers.length + index) * quantitiesPerLayer;
        rows.values[offset + quantityOffset[name as RecordedQuantity]] = value;
      }
    }
    for (let back = 0; back < timeSteps; back += 1)
      rows.timeErrors[(step + 1) * timeSteps - 1 - back] =
        0.3 * (0.72 + 0.2 * time) ** back * (1 + 0.1 * random());
  }
  return { header: makeHeader(recipe), rows, histograms: makeHistograms(recipe, random), seeds: [] };
}

function quantities(
  recipe: Recipe,
  layer: RecordedLayer,
  index: number,
  norm: number,
): Record<RecordedQuantity, number> {
  const { derivative = 0.24, gain = 1 } = recipe;
  const isLast = index === recipe.layers.length - 1;
  const parameterNorm = Math.sqrt(layer.parameters) * 0.4;
  // Of one wave through the network: error = norm / input, output error = error / derivative.
  const inputNorm = 2 - index / recipe.layers.length;
  const error = norm / inputNorm;
  return {
    norm,
    largest: norm / 3,
    meanAbsolute: norm / Math.sqrt(layer.parameters) / 1.4,
    zeroShare: norm === 0 ? 1 : 0,
    parameterNorm,
    speed: (0.1 * norm) / parameterNorm,
    error,
    outputError: isLast ? error : error / (derivative * (1 + 0.1 * Math.sin(index))),
    inputNorm: inputNorm * (gain === 1 ? 1 : gain),
    activationMean: 0.5,
    activationDeviation: 0.1,
    saturation: isLast ? Number.NaN : 0.02 * index,
    deadShare: layer.activation === 'relu' ? (norm === 0 ? 1 : 0.1) : Number.NaN,
  };
}

function makeHeader(recipe: Recipe): RunHeader {
  const { network, layers, steps } = recipe;
  return {
    id: `run of ${network}`,
    network,
    file: 'file:///made-up.vgnet',
    startedAt: new Date(2026, 4, 12, 14, 3, 27).getTime(),
    state: 'completed',
    stale: false,
    plannedSteps: steps,
    layers,
    hasText: true,
    thresholds: defaultThresholds,
    prediction: undefined,
    result: {
      end: 'completed',
      steps,
      seconds: 0.412,
      seed: 1,
      parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
      constantLoss: Math.LN2,
      before: statistics(recipe.loss(0), 0.5),
      after: statistics(recipe.loss(1), recipe.loss(1) < 0.3 ? 0.97 : 0.51),
    },
    verdict: recipe.verdict,
    findings: [],
    failure: undefined,
    seeds: undefined,
    notes: [],
    ...recipe.header,
  };
}

function statistics(loss: number, accuracy: number): NonNullable<RunHeader['result']>['before'] {
  return {
    loss,
    accuracy,
    test: { loss, accuracy: accuracy - 0.02 },
    deadShare: new Float64Array(0),
    saturation: new Float64Array(0),
    outputDeviation: 0.1,
  };
}

/** Bell-shaped in the exponent around the typical size of an entry. */
function makeHistograms({ layers, steps, norm }: Recipe, random: () => number): GradientHistogram[] {
  const count = Math.min(64, steps);
  return Array.from({ length: count }, (_, index): GradientHistogram => {
    const time = count === 1 ? 0 : index / (count - 1);
    const counts = new Uint32Array(layers.length * histogramBins);
    for (const [layer, { parameters }] of layers.entries()) {
      const size =
        norm(layers.length === 1 ? 1 : layer / (layers.length - 1), time, layer) / Math.sqrt(parameters);
      for (let entry = 0; entry < parameters; entry += 1) {
        const exponent = Math.floor(Math.log2(size) + 1.6 * (random() + random() + random() - 1.5) - 1);
        const bin =
          size === 0
            ? 0
            : Number.isFinite(size)
              ? 1 + Math.max(0, exponent - histogramLowestExponent)
              : histogramBins - 1;
        const place = layer * histogramBins + bin;
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
    return { step: Math.round(time * (steps - 1)), counts };
  });
}

/** Numbers in [0, 1) that depend on a word only (Park and Miller's generator, 1988). */
function generator(seed: string): () => number {
  let state = 1;
  for (const character of seed) state = (state * 31 + (character.codePointAt(0) ?? 0)) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
