/** The networks of `test/fixtures/prediction/prediction.json`, whose gradients PyTorch measured over many initialisations. */
import { readFileSync } from 'node:fs';
import type {
  Activation,
  ActivationName,
  CheckedNetwork,
  Initialiser,
  LossName,
} from '../../../src/language/network.ts';
import type { Batch } from '../../../src/analysis/predict/sampleChoice.ts';
import { activationNamed, perceptron } from './networks.ts';

interface MeasuredJson {
  readonly act: string;
  readonly init: string;
  readonly loss: string;
  readonly data: string;
  readonly widths: readonly number[];
  readonly layers: readonly { readonly s2: number; readonly b2: number }[];
  readonly X: readonly (readonly number[])[];
  readonly Y: readonly (readonly number[])[];
  readonly measured: Readonly<Record<'rms' | 'p10' | 'p50' | 'p90', readonly number[]>>;
}

export interface MeasuredCase {
  readonly title: string;
  readonly network: CheckedNetwork;
  readonly batch: Batch;
  /** log10 of each layer's gradient norm over initialisations. */
  readonly measured: MeasuredJson['measured'];
  /** Variances of weights and biases that PyTorch drew with. */
  readonly layers: MeasuredJson['layers'];
}

const losses: Readonly<Record<string, { readonly loss: LossName; readonly last: ActivationName }>> = {
  mse: { loss: 'mse', last: 'linear' },
  ce: { loss: 'cross_entropy', last: 'linear' },
  bce: { loss: 'bce_with_logits', last: 'linear' },
  sig_mse: { loss: 'mse', last: 'sigmoid' },
};

/** Initialisers by the names of the measurement: `he_` is kaiming, `torch` PyTorch's default; biases are zero for all but that. */
export function initialiserNamed(name: string): Initialiser {
  const [word, value] = name.split(':');
  const size = Number(value);
  switch (word) {
    case 'torch':
      return { name: 'default' };
    case 'uniform':
      return { name: 'uniform', low: -size, high: size };
    case 'normal':
      return { name: 'normal', mean: 0, deviation: size };
    case 'he_normal':
    case 'he_uniform':
      return { name: word === 'he_normal' ? 'kaiming_normal' : 'kaiming_uniform', gain: Math.SQRT2 };
    case 'orthogonal':
    case 'xavier_normal':
    case 'xavier_uniform':
    case 'lecun_normal':
    case 'lecun_uniform':
      return { name: word, gain: value === undefined ? 1 : size };
    default:
      throw new Error(`No initialiser is called ${name}`);
  }
}

/** All cases of a fixture with this layout. */
export function measuredCases(file: string): readonly MeasuredCase[] {
  const text = readFileSync(new URL(`../../fixtures/prediction/${file}`, import.meta.url), 'utf8');
  const { cases } = JSON.parse(text) as { cases: readonly MeasuredJson[] };
  return cases.map((json) => {
    const { loss, last } = losses[json.loss];
    const init = initialiserNamed(json.init);
    const activation: Activation = activationNamed(
      (json.act === 'identity' ? 'linear' : json.act) as ActivationName,
    );
    const network = perceptron(json.widths, loss, {
      activation,
      init,
      last,
      biasInit: json.init === 'torch' ? { name: 'default' } : { name: 'zeros' },
    });
    const labels = json.Y.map((row) => row.indexOf(1));
    const batch: Batch = {
      inputs: Float64Array.from(json.X.flat()),
      targets: Float64Array.from(loss === 'cross_entropy' ? labels : json.Y.flat()),
      count: json.X.length,
      target:
        loss === 'cross_entropy'
          ? { type: 'classes', classes: json.widths[json.widths.length - 1] }
          : { type: 'values', size: json.widths[json.widths.length - 1] },
    };
    const depth = json.widths.length - 1;
    const title = `${json.act} ${json.init} ${json.loss} ${json.data} width ${json.widths[1]} depth ${depth}`;
    return { title, network, batch, measured: json.measured, layers: json.layers };
  });
}
