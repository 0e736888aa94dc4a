/** How weights are drawn, against what their activation needs. */
import { activations, type ActivationEntry } from '../catalogue/activations.ts';
import type { ConvolutionLayer, DenseLayer, Initialiser } from '../network.ts';
import { setArgument } from '../checking/lineFixes.ts';
import { argumentSpan, type Subject } from './subject.ts';

const entryOf = new Map<string, ActivationEntry>(activations.map((entry) => [entry.name, entry]));

/** Layers of which there must be so many before a loss of signal from one to the next is worth a word. */
const deep = 8;

/** A layer that turns inputs into outputs by weights and an activation. */
interface Weighted {
  readonly layer: DenseLayer | ConvolutionLayer;
  readonly activation: ActivationEntry;
  readonly fanIn: number;
  readonly fanOut: number;
}

/** The dense and convolution layers of which `holds`; of a long network most are passed over without a look at their sizes. */
function weightedLayers(subject: Subject, holds: (layer: Weighted['layer']) => boolean): Weighted[] {
  const found: Weighted[] = [];
  for (const layer of subject.layers)
    if ((layer.kind === 'dense' || layer.kind === 'conv') && holds(layer) && !subject.isGuessed(layer))
      found.push(weighted(layer));
  return found;
}

function weighted(layer: Weighted['layer']): Weighted {
  const activation = entryOf.get(layer.activation.name);
  if (!activation) throw new Error(`There is no activation ${layer.activation.name}`);
  if (layer.kind === 'dense')
    return { layer, activation, fanIn: layer.inputShape.at(-1)!, fanOut: layer.units };
  const field = layer.kernel.reduce((product, size) => product * size, 1);
  const channels = layer.inputShape.length === 3 ? layer.inputShape[0] : layer.inputShape[1];
  return { layer, activation, fanIn: channels * field, fanOut: layer.filters * field };
}

/** Standard deviation of the drawn weights; undefined where all are equal. */
export function weightDeviation(init: Initialiser, fanIn: number, fanOut: number): number | undefined {
  switch (init.name) {
    case 'zeros':
    case 'ones':
    case 'constant':
      return undefined;
    case 'default':
      return 1 / Math.sqrt(3 * fanIn);
    case 'uniform':
      return (init.high - init.low) / Math.sqrt(12);
    case 'normal':
      return init.deviation;
    case 'xavier_uniform':
    case 'xavier_normal':
      return init.gain * Math.sqrt(2 / (fanIn + fanOut));
    case 'kaiming_uniform':
    case 'kaiming_normal':
    case 'lecun_uniform':
    case 'lecun_normal':
      return init.gain / Math.sqrt(fanIn);
    case 'orthogonal':
      return init.gain / Math.sqrt(Math.max(fanIn, fanOut));
    default:
      return init satisfies never;
  }
}

const equalInitialisers: ReadonlySet<string> = new Set(['zeros', 'ones', 'constant']);

/** Weights that are all the same in a layer of several units. */
export function adviseOnEqualWeights(subject: Subject): void {
  for (const layer of subject.layers) {
    if (!('init' in layer) || !equalInitialisers.has(layer.init.name)) continue;
    const own = 'units' in layer ? layer.units : 'filters' in layer ? layer.filters : undefined;
    if (own === undefined && subject.isGuessed(layer)) continue;
    const units = own ?? layer.outputShape.at(-1)!;
    if (units <= 1) continue;
    const line = subject.lineOf(layer);
    const message =
      layer.init.name === 'zeros'
        ? `With all weights 0 no error passes through these ${units} units, and all of them learn the same.`
        : `With equal weights all ${units} units get the same gradient and stay equal: they work as one.`;
    const better = 'activation' in layer ? initialiserFor(entryOf.get(layer.activation.name)!) : 'default';
    subject.context.diagnostics.add('equal-weights', argumentSpan(line, 'init'), message, {
      fixes: [setArgument(line, 'init', better)],
    });
  }
}

/** Signals of unit size become so large or small that a saturating activation has hardly any derivative, or hardly any signal. */
const largestSpread = 4;
const smallestSpread = 0.25;

/** Saturating activations with weights far too large, or far too small in a deep network. */
export function adviseOnScale(subject: Subject): void {
  const saturating = weightedLayers(
    subject,
    ({ activation }) => activation.name !== 'softmax' && entryOf.get(activation.name)?.flat === 'both sides',
  );
  // Of a `repeat` one instance is told of: the last, since the first takes what comes from outside.
  for (const { layer, activation, fanIn, fanOut } of saturating.toReversed()) {
    const deviation = weightDeviation(layer.init, fanIn, fanOut);
    if (deviation === undefined || layer.init.name === 'default') continue;
    const spread = deviation * Math.sqrt(fanIn);
    const small = spread < smallestSpread && saturating.length >= deep / 2;
    if (spread <= largestSpread && !small) continue;
    const line = subject.lineOf(layer);
    const numbers = `Weights of deviation ${round(deviation)} from ${fanIn} inputs spread a unit’s input by ${round(spread)}`;
    const effect = small
      ? `: signals and errors shrink by about that factor at every layer.`
      : `, deep into the flat parts of ${activation.name}: hardly any gradient passes.`;
    subject.context.diagnostics.add('initialiser-scale', argumentSpan(line, 'init'), `${numbers}${effect}`, {
      fixes: [setArgument(line, 'init', 'xavier_uniform')],
    });
  }
}

const rectifiers = new Set(['relu', 'leaky_relu', 'relu6']);
const forLinearUnits: ReadonlySet<string> = new Set([
  'xavier_uniform',
  'xavier_normal',
  'lecun_uniform',
  'lecun_normal',
  'default',
]);
const steadying = new Set(['batchnorm', 'layernorm', 'rmsnorm', 'residual', 'add']);

/** Rectifiers in a deep network without anything that keeps the size of signals, drawn for linear units. */
export function adviseOnRectifiers(subject: Subject): void {
  if (subject.layers.some(({ kind }) => steadying.has(kind))) return;
  const weak = weightedLayers(
    subject,
    ({ activation, init }) => rectifiers.has(activation.name) && forLinearUnits.has(init.name),
  ).filter(({ layer, fanIn, fanOut }) => {
    const deviation = weightDeviation(layer.init, fanIn, fanOut);
    // He et al. 2015, equation 10: fan_in · Var w = 2 keeps the signal; 1 halves its square at every layer.
    return deviation !== undefined && fanIn * deviation ** 2 < 1.3;
  });
  if (weak.length < deep) return;
  // He et al. 2015, equation 9: what is left of the squared signal is the product of what each layer keeps.
  const left = weak.reduce(
    (product, { layer, fanIn, fanOut }) =>
      (product * fanIn * weightDeviation(layer.init, fanIn, fanOut)! ** 2) / 2,
    1,
  );
  for (const { layer } of weak) {
    const line = subject.lineOf(layer);
    const message = `\`${layer.init.name}\` draws too small for rectifiers: together the ${weak.length} rectifier layers leave ${round(left)} of the squared signal; with \`kaiming_normal\` they keep all of it.`;
    subject.context.diagnostics.add('rectifier-initialiser', argumentSpan(line, 'init'), message, {
      fixes: [setArgument(line, 'init', 'kaiming_normal')],
    });
  }
}

function initialiserFor({ initialiser }: ActivationEntry): string {
  return initialiser === 'xavier' ? 'xavier_uniform' : `${initialiser}_normal`;
}

/** Two significant digits, without an exponent where that is readable. */
const round = (value: number): string => String(Number(value.toPrecision(2)));
