/**
 * From means to what single draws show. A layer of n units averages over n draws only: log ‖∇‖² spreads with depth over width
 * (Hanin & Nica 2019). Every layer multiplies sizes by gamma noise of the variance below, and passes on what came before.
 */
import { normalCumulative } from './gaussian/normal.ts';
import { logGammaQuantile, logNormalQuantile } from './gammaNoise.ts';
import { addScaled } from './matrix.ts';
import { NormalDraws } from './normalDraws.ts';
import type { NodeErrors } from './kernelRecursion.ts';
import type { ProgramNode } from './program.ts';

/** Deviations of ln(size²) from its mean field value, one number a draw. */
export interface NodeSpread {
  /** Of the signal as the node's consumers find it. */
  readonly signal: Float64Array;
  /** Of the error at the node's output, after the node's own noise. */
  readonly error: Float64Array;
}

/** What the noise of a node depends on besides the node. */
export interface SpreadSetting {
  readonly draws: number;
  /** The node whose output is drawn; no error noise arises there. */
  readonly last: number;
  /** tr(T²)/tr(T)² of the layer's gradient, for nodes with weights. */
  readonly alignments: readonly (number | undefined)[];
  readonly errors: readonly NodeErrors[];
}

/** Deviations at every node. */
export function spreadThrough(nodes: readonly ProgramNode[], setting: SpreadSetting): readonly NodeSpread[] {
  const noise = new NoiseSource(setting.draws);
  const signals = forwardDeviations(nodes, setting, noise);
  const errors = backwardDeviations(nodes, setting, noise, signals);
  return nodes.map((_, index) => ({ signal: signals[index].finite, error: errors[index] }));
}

interface SignalDeviation {
  /** Without the noise of the node's own finite width: what an activation of it feels. */
  readonly wide: Float64Array;
  readonly finite: Float64Array;
}

function forwardDeviations(
  nodes: readonly ProgramNode[],
  setting: SpreadSetting,
  noise: NoiseSource,
): readonly SignalDeviation[] {
  const result: SignalDeviation[] = [];
  for (const [index, node] of nodes.entries()) {
    const { spread, signal } = node.operation;
    const inputs = node.inputs.map((input) => result[input]);
    const first = inputs[0]?.finite;
    let wide: Float64Array = new Float64Array(setting.draws);
    switch (spread.type) {
      case 'weights':
        // What comes from biases stays as it is.
        if (first !== undefined) wide = first.map((value) => Math.log1p(spread.share * Math.expm1(value)));
        break;
      case 'activation':
        wide = spread.respond('value', inputs[0].wide);
        break;
      case 'sum':
        spread.shares.forEach((share, position) => {
          inputs[position].finite.forEach((value, draw) => (wide[draw] += share * Math.expm1(value)));
        });
        wide = wide.map(Math.log1p);
        break;
      case 'pass':
        if (first !== undefined) wide = first.slice();
        break;
      case 'normalisation':
        break;
      default:
        spread satisfies never;
    }
    // Sums and rearrangements have their parts' noise already; what is normalised has none.
    const draws = spread.type === 'weights' || spread.type === 'activation';
    const variance =
      draws && consumedByWeights(nodes, index)
        ? (fluctuation(nodes, index) * consumerAlignment(nodes, setting, index)) / signal.features
        : 0;
    const own = noise.draw(variance, signal.kurtosis);
    result.push({ wide, finite: wide.map((value, draw) => value + own[draw]) });
  }
  return result;
}

/** Relative variance of a unit's square: kurtosis − 1, less what matrices that keep lengths take away. */
function fluctuation(nodes: readonly ProgramNode[], index: number): number {
  const { operation, inputs } = nodes[index];
  const { spread, signal } = operation;
  const before = nodes[inputs[0] ?? -1]?.operation.spread;
  let kept = 0;
  if (spread.type === 'weights' && spread.keepsLength.forward) kept = 2;
  if (spread.type === 'activation' && before?.type === 'weights' && before.keepsLength.forward) {
    kept = 2 * spread.moments().growth ** 2;
  }
  return Math.max(0, signal.kurtosis - 1 - kept);
}

function consumers(nodes: readonly ProgramNode[], index: number): readonly number[] {
  return nodes.flatMap((node, position) => (node.inputs.includes(index) ? [position] : []));
}

/** A pre-activation is not averaged over its units before the activation has acted. */
function consumedByWeights(nodes: readonly ProgramNode[], index: number): boolean {
  return consumers(nodes, index).some((consumer) => nodes[consumer].operation.spread.type !== 'activation');
}

/** The alignment in the next layers with weights. */
function consumerAlignment(nodes: readonly ProgramNode[], setting: SpreadSetting, index: number): number {
  for (const consumer of consumers(nodes, index)) {
    const found = setting.alignments[consumer] ?? consumerAlignment(nodes, setting, consumer);
    if (found < 1) return found;
  }
  return 1;
}

function backwardDeviations(
  nodes: readonly ProgramNode[],
  setting: SpreadSetting,
  noise: NoiseSource,
  signals: readonly SignalDeviation[],
): readonly Float64Array[] {
  const result: Float64Array[] = nodes.map(() => new Float64Array(setting.draws));
  for (let index = setting.last; index >= 0; index--) {
    const { spread, signal } = nodes[index].operation;
    const deviation = mergeArrivals(setting, index, (consumer) => {
      const rule = nodes[consumer].operation.spread;
      const arriving = result[consumer];
      if (rule.type === 'activation')
        return added(arriving, rule.respond('derivative', signals[index].wide), 1);
      if (rule.type === 'normalisation') return added(arriving, signals[index].finite, -1);
      return arriving;
    });
    if (spread.type === 'weights' && index !== setting.last) {
      const r = setting.alignments[index] ?? 1;
      const kappa = slopeKurtosis(nodes, index);
      const square = (1 + (kappa - 1) * r) * (1 + 2 * r) - 1;
      const own = noise.draw(
        Math.max(0, square - (spread.keepsLength.backward ? 2 * r : 0)) / signal.features,
        kappa,
      );
      deviation.forEach((_, draw) => (deviation[draw] += own[draw]));
    }
    result[index] = deviation;
  }
  return result;
}

/** Eφ′⁴/(Eφ′²)² of the activation behind a pre-activation, 1 where there is none. */
function slopeKurtosis(nodes: readonly ProgramNode[], index: number): number {
  for (const consumer of consumers(nodes, index)) {
    const { spread } = nodes[consumer].operation;
    if (spread.type === 'activation') return spread.moments().derivativeKurtosis;
  }
  return 1;
}

/** Errors from several consumers add up: their deviations by their share in the sum. */
function mergeArrivals(
  setting: SpreadSetting,
  index: number,
  deviationFrom: (consumer: number) => Float64Array,
): Float64Array {
  const merged = new Float64Array(setting.draws);
  const arrivals = setting.errors[index].arrivals;
  const largest = Math.max(...arrivals.map(({ logSize }) => logSize));
  const weights = arrivals.map(({ logSize }) => Math.exp(logSize - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  arrivals.forEach(({ from }, position) => addScaled(merged, deviationFrom(from), weights[position] / total));
  return merged;
}

function added(one: Float64Array, other: Float64Array, factor: number): Float64Array {
  const sum = one.slice();
  addScaled(sum, other, factor);
  return sum;
}

/** Above this kurtosis single units of a layer decide over its size: it has a long upper tail, not a long lower one. */
const heavyKurtosis = 20;

/** Logarithms of noise with mean 1, stratified over the draws. */
class NoiseSource {
  private readonly normals = new NormalDraws(1002);
  private readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  draw(variance: number, kurtosis: number): Float64Array {
    if (!(variance > 0)) return new Float64Array(this.count);
    const normals = this.normals.stratified(1, this.count);
    if (kurtosis > heavyKurtosis) return normals.map((z) => logNormalQuantile(variance, z));
    return normals.map((z) => logGammaQuantile(variance, z, normalCumulative(z)));
  }
}
