/** How weights are drawn, against what their activation needs. */
import { activations, type ActivationEntry } from '../catalogue/activations.ts';
import type { LayerPlan } from '../catalogue/layers/layer.ts';
import { setArgument } from '../checking/lineFixes.ts';
import type { LayerStep } from '../checking/steps.ts';
import type { Initialiser } from '../network.ts';
import { argumentSpan, isGuessed, type Subject } from './subject.ts';

const entryOf = new Map<string, ActivationEntry>(activations.map((entry) => [entry.name, entry]));

/** Layers of which there must be so many before a loss of signal from one to the next is worth a word. */
const deep = 8;

/** A layer that turns inputs into outputs by weights and an activation. */
interface Weighted {
  readonly step: LayerStep;
  readonly init: Initialiser;
  readonly activation: ActivationEntry;
  readonly fanIn: number;
  readonly fanOut: number;
}

type WeightedPlan = Extract<LayerPlan, { kind: 'dense' | 'conv' }>;

/** The dense and convolution layers of which `holds`. */
function weightedLayers(
  { steps, plans, analysis }: Subject,
  holds: (plan: WeightedPlan) => boolean,
): Weighted[] {
  const suits = (plan: LayerPlan): plan is WeightedPlan =>
    (plan.kind === 'dense' || plan.kind === 'conv') && holds(plan);
  if (!plans.some(suits)) return [];
  const found: Weighted[] = [];
  for (const step of steps) {
    const { plan } = step.flow;
    if (suits(plan) && !isGuessed(analysis, step)) found.push(weighted(step, plan));
  }
  return found;
}

function weighted(step: LayerStep, plan: WeightedPlan): Weighted {
  const { init } = plan;
  const inputShape = step.flow.arrives.shape;
  const activation = entryOf.get(plan.activation.name);
  if (!activation) throw new Error(`There is no activation ${plan.activation.name}`);
  if (plan.kind === 'dense') return { step, init, activation, fanIn: inputShape.at(-1)!, fanOut: plan.units };
  const field = plan.kernel.reduce((product, size) => product * size, 1);
  const channels = inputShape.length === 3 ? inputShape[0] : inputShape[1];
  return { step, init, activation, fanIn: channels * field, fanOut: plan.filters * field };
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
  if (!subject.plans.some((plan) => 'init' in plan && equalInitialisers.has(plan.init.name))) return;
  for (const step of subject.steps) {
    const { plan } = step.flow;
    if (!('init' in plan) || !equalInitialisers.has(plan.init.name)) continue;
    const own = 'units' in plan ? plan.units : 'filters' in plan ? plan.filters : undefined;
    if (own === undefined && isGuessed(subject.analysis, step)) continue;
    const units = own ?? plan.outputShape.at(-1)!;
    if (units <= 1) continue;
    const line = step.prepared;
    const message =
      plan.init.name === 'zeros'
        ? `With all weights 0 no error passes through these ${units} units, and all of them learn the same.`
        : `With equal weights all ${units} units get the same gradient and stay equal: they work as one.`;
    const better = 'activation' in plan ? initialiserFor(entryOf.get(plan.activation.name)!) : 'default';
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
  for (const { step, init, activation, fanIn, fanOut } of saturating.toReversed()) {
    const deviation = weightDeviation(init, fanIn, fanOut);
    if (deviation === undefined || init.name === 'default') continue;
    const spread = deviation * Math.sqrt(fanIn);
    const small = spread < smallestSpread && saturating.length >= deep / 2;
    if (spread <= largestSpread && !small) continue;
    const line = step.prepared;
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
  if (subject.plans.some(({ kind }) => steadying.has(kind))) return;
  const weak = weightedLayers(
    subject,
    ({ activation, init }) => rectifiers.has(activation.name) && forLinearUnits.has(init.name),
  ).filter(({ init, fanIn, fanOut }) => {
    const deviation = weightDeviation(init, fanIn, fanOut);
    // He et al. 2015, equation 10: fan_in · Var w = 2 keeps the signal; 1 halves its square at every layer.
    return deviation !== undefined && fanIn * deviation ** 2 < 1.3;
  });
  if (weak.length < deep) return;
  // He et al. 2015, equation 9: what is left of the squared signal is the product of what each layer keeps.
  const left = weak.reduce(
    (product, { init, fanIn, fanOut }) => (product * fanIn * weightDeviation(init, fanIn, fanOut)! ** 2) / 2,
    1,
  );
  for (const { step, init } of weak) {
    const line = step.prepared;
    const message = `\`${init.name}\` draws too small for rectifiers: together the ${weak.length} rectifier layers leave ${round(left)} of the squared signal; with \`kaiming_normal\` they keep all of it.`;
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
