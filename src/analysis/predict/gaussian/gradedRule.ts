/**
 * Quadrature for E[f(u)], u ~ N(0, 1), with nodes that crowd around one place, and polynomials that are orthonormal on just these nodes.
 *
 * Nodes are u = corner ± α sinh t with t at Gauss–Legendre points: the corner of an activation (the kink of elu, the steep part of
 * tanh(√q u)) falls between nodes and is resolved at the scale α, while the tails are still reached. Gauss–Hermite with as many
 * nodes errs by half at q = 16. The polynomials come from the discrete Stieltjes procedure (Gautschi 2004, §2.2) rather than being
 * Hermite's: Bessel's inequality then holds to rounding, without which a vanishing signal drowns in the rule's own error.
 */
import { normalDensity } from './normal.ts';

/** How many terms an expansion of φ′ has, and the quadrature that goes with so many. */
export interface Precision {
  readonly terms: number;
  readonly nodesPerSide: number;
  /** Largest |u| of a node: beyond it neither the density nor the last polynomial matters. */
  readonly reach: number;
}

/** For predictions: correlated pairs to 1e-4 (1e-3 where φ′ jumps), each variance by itself to 1e-9. */
export const quick: Precision = { terms: 16, nodesPerSide: 24, reach: 7 };

/** For comparison with other people's numbers: smooth activations to 1e-8. */
export const fine: Precision = { terms: 48, nodesPerSide: 80, reach: 13 };

export interface GradedRule {
  readonly nodes: Float64Array;
  /** Probability of each node; they sum to 1. */
  readonly weights: Float64Array;
  /** terms x nodes: polynomial k at node i, times the node's weight. */
  readonly weightedPolynomials: Float64Array;
}

const centredRules = new Map<Precision, Map<number, GradedRule>>();

/** The rule for an activation of u scaled by `deviation`, whose steep part or corner lies at `corner` in units of u. */
export function gradedRule(deviation: number, corner: number, precision: Precision): GradedRule {
  const level = Math.max(0, Math.ceil(Math.log2(deviation)));
  if (corner !== 0) {
    const end = precision.reach - 1;
    return buildRule(level, Math.max(-end, Math.min(end, corner)), precision);
  }
  const rules = centredRules.get(precision) ?? new Map<number, GradedRule>();
  centredRules.set(precision, rules);
  let rule = rules.get(level);
  if (rule === undefined) {
    rule = buildRule(level, 0, precision);
    rules.set(level, rule);
  }
  return rule;
}

function buildRule(level: number, corner: number, precision: Precision): GradedRule {
  const { nodesPerSide, reach, terms } = precision;
  const legendre = gaussLegendre(nodesPerSide);
  const alpha = 1.5 / 2 ** level;
  const nodes = new Float64Array(2 * nodesPerSide);
  const weights = new Float64Array(2 * nodesPerSide);
  for (const side of [-1, 1]) {
    const end = Math.asinh((reach - side * corner) / alpha);
    for (let index = 0; index < nodesPerSide; index++) {
      const t = (end * (1 + legendre.nodes[index])) / 2;
      const place = side < 0 ? nodesPerSide - 1 - index : nodesPerSide + index;
      nodes[place] = corner + side * alpha * Math.sinh(t);
      weights[place] = legendre.weights[index] * end * Math.cosh(t) * normalDensity(nodes[place]);
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let index = 0; index < weights.length; index++) weights[index] /= total;
  return { nodes, weights, weightedPolynomials: orthonormalPolynomials(nodes, weights, terms) };
}

/** Three-term recurrence with inner products taken on the nodes, and every polynomial made orthogonal to its two predecessors. */
function orthonormalPolynomials(nodes: Float64Array, weights: Float64Array, terms: number): Float64Array {
  const count = nodes.length;
  const polynomials = new Float64Array(terms * count);
  let before = new Float64Array(count);
  let current = new Float64Array(count).fill(1);
  let coupling = 0;
  for (let term = 0; term < terms; term++) {
    for (let index = 0; index < count; index++) {
      polynomials[term * count + index] = current[index] * weights[index];
    }
    let diagonal = 0;
    for (let index = 0; index < count; index++) {
      diagonal += weights[index] * nodes[index] * current[index] ** 2;
    }
    const next = new Float64Array(count);
    let square = 0;
    for (let index = 0; index < count; index++) {
      next[index] = (nodes[index] - diagonal) * current[index] - coupling * before[index];
      square += weights[index] * next[index] ** 2;
    }
    coupling = Math.sqrt(square);
    for (let index = 0; index < count; index++) next[index] /= coupling;
    before = current;
    current = next;
  }
  return polynomials;
}

interface LegendreRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const legendreRules = new Map<number, LegendreRule>();

/** Nodes and weights on [−1, 1], ascending: Newton's method on the Legendre polynomial. */
function gaussLegendre(count: number): LegendreRule {
  const known = legendreRules.get(count);
  if (known !== undefined) return known;
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    let x = -Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 6; step++) {
      let before = 1;
      let current = x;
      for (let degree = 2; degree <= count; degree++) {
        [before, current] = [current, ((2 * degree - 1) * x * current - (degree - 1) * before) / degree];
      }
      slope = (count * (x * current - before)) / (x * x - 1);
      x -= current / slope;
    }
    nodes[index] = x;
    weights[index] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  legendreRules.set(count, rule);
  return rule;
}
