/**
 * The quantities that hovers, view, command line and docs show, each with its name, symbol, unit and meaning in one
 * line, how it is read from a recorded row, and how it is written.
 */
import { recordedQuantities, type RecordedQuantity } from '../engine/recording.ts';
import { formatNumber, formatShare } from './numbers.ts';

/** Numbers stored for each layer in each row of `RecordedRows.values`. */
export const quantitiesPerLayer = recordedQuantities.length;

/** Position of each quantity among those of a layer. */
export const quantityOffset = Object.fromEntries(
  recordedQuantities.map((quantity, offset) => [quantity, offset]),
) as Readonly<Record<RecordedQuantity, number>>;

export type MetricId =
  | 'norm'
  | 'rms'
  | 'relative'
  | 'speed'
  | 'error'
  | 'outputError'
  | 'largest'
  | 'meanAbsolute'
  | 'zeroShare'
  | 'parameterNorm'
  | 'inputNorm'
  | 'activationMean'
  | 'activationDeviation'
  | 'saturation'
  | 'deadShare';

/** One quantity of a layer at a step. */
export interface Metric {
  readonly id: MetricId;
  /** As in `docs/definitions.md`: `gradient norm`. */
  readonly name: string;
  readonly symbol: string;
  /** What one unit of it is; gradients of a loss without a unit have none. */
  readonly unit: 'loss per parameter' | 'loss per unit' | 'share' | 'ratio' | 'parameter' | 'activation';
  /** One sentence. */
  readonly meaning: string;
  /** Axis that it is drawn on. */
  readonly scale: 'logarithmic' | 'linear';
  /** Its value from a layer's quantities, which begin at `values[offset]`; NaN where the layer has none. */
  read(values: ArrayLike<number>, offset: number, parameters: number): number;
  format(value: number): string;
}

type Definition = Omit<Metric, 'read' | 'format' | 'scale'> &
  Partial<Pick<Metric, 'read' | 'format' | 'scale'>>;

function define(definition: Definition): Metric {
  const stored = quantityOffset[definition.id as RecordedQuantity];
  return {
    scale: 'logarithmic',
    read: (values, offset) => values[offset + stored] ?? Number.NaN,
    format: formatNumber,
    ...definition,
  };
}

/** Every metric, in the order in which tables show them. */
export const metrics: readonly Metric[] = [
  define({
    id: 'norm',
    name: 'gradient norm',
    symbol: '‖∇ₗ‖',
    unit: 'loss per parameter',
    meaning: 'L2 norm of the gradient of the loss with respect to all weights and biases of the layer.',
  }),
  define({
    id: 'rms',
    name: 'rms gradient',
    symbol: 'rms ∇ₗ',
    unit: 'loss per parameter',
    meaning: 'Gradient norm over the root of the number of parameters: compares layers of different size.',
    read: (values, offset, parameters) =>
      (values[offset + quantityOffset.norm] ?? NaN) / Math.sqrt(parameters),
  }),
  define({
    id: 'relative',
    name: 'relative gradient',
    symbol: '‖∇ₗ‖/‖wₗ‖',
    unit: 'loss per parameter',
    meaning: 'Gradient norm over the norm of the parameters: free of their scale.',
    read: (values, offset) =>
      (values[offset + quantityOffset.norm] ?? NaN) / (values[offset + quantityOffset.parameterNorm] ?? NaN),
  }),
  define({
    id: 'speed',
    name: 'speed of learning',
    symbol: '‖Δwₗ‖/‖wₗ‖',
    unit: 'ratio',
    meaning: 'How far the optimizer really moved the parameters in this step, relative to their norm.',
  }),
  define({
    id: 'error',
    name: 'backpropagated error',
    symbol: '‖δₗ‖',
    unit: 'loss per unit',
    meaning:
      "Norm of the derivative of a sample's loss with respect to the layer's pre-activations, over the batch.",
  }),
  define({
    id: 'outputError',
    name: 'output error',
    symbol: '‖∂L/∂hₗ‖',
    unit: 'loss per unit',
    meaning: "The same with respect to the layer's output, after the activation.",
  }),
  define({
    id: 'largest',
    name: 'largest entry',
    symbol: 'max |∇ₗ|',
    unit: 'loss per parameter',
    meaning: 'Largest absolute entry of the gradient: tells tiny from exactly zero.',
  }),
  define({
    id: 'meanAbsolute',
    name: 'mean absolute entry',
    symbol: 'mean |∇ₗ|',
    unit: 'loss per parameter',
    meaning: 'Mean absolute entry of the gradient.',
  }),
  define({
    id: 'zeroShare',
    name: 'zero share',
    symbol: '',
    unit: 'share',
    meaning: "Share of the gradient's entries that are exactly zero.",
    scale: 'linear',
    format: formatShare,
  }),
  define({
    id: 'parameterNorm',
    name: 'parameter norm',
    symbol: '‖wₗ‖',
    unit: 'parameter',
    meaning: 'L2 norm of the weights and biases before the update.',
  }),
  define({
    id: 'inputNorm',
    name: 'input norm',
    symbol: '‖hₗ₋₁‖',
    unit: 'activation',
    meaning: "Norm of what enters the layer, over the batch: a weight's gradient is error times input.",
  }),
  define({
    id: 'activationMean',
    name: 'activation mean',
    symbol: '',
    unit: 'activation',
    meaning: "Mean of the layer's outputs.",
    scale: 'linear',
  }),
  define({
    id: 'activationDeviation',
    name: 'activation deviation',
    symbol: '',
    unit: 'activation',
    meaning: "Standard deviation of the layer's outputs.",
    scale: 'linear',
  }),
  define({
    id: 'saturation',
    name: 'saturation',
    symbol: '',
    unit: 'share',
    meaning: 'Share of pre-activations where |φ′| is below 1 % of its largest value.',
    scale: 'linear',
    format: formatShare,
  }),
  define({
    id: 'deadShare',
    name: 'dead share',
    symbol: '',
    unit: 'share',
    meaning: 'Share of units whose output is zero on the whole batch.',
    scale: 'linear',
    format: formatShare,
  }),
];

const byId = new Map(metrics.map((metric) => [metric.id, metric]));

/** The metric of this id. */
export function metricOf(id: MetricId): Metric {
  const metric = byId.get(id);
  if (metric === undefined) throw new Error(`No metric is called ${JSON.stringify(id)}.`);
  return metric;
}
