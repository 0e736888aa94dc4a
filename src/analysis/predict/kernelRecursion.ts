/** Runs the recursion over a program's nodes: forward it has already been run when the nodes were made, backward it is run here. */
import { addScaled, largestEntry, scaled, trace } from './matrix.ts';
import type { GradientMoments } from './operation.ts';
import type { ProgramNode } from './program.ts';

/** A matrix times e^scale: errors leave the range of numbers long before a deep network stops being interesting. */
export interface ScaledMatrix {
  readonly values: Float64Array;
  readonly scale: number;
}

/** What comes back to one node. */
export interface NodeErrors {
  /** At the node's output; undefined where no error arrives in any draw. */
  readonly output: ScaledMatrix | undefined;
  /** Before an activation that the node has taken in; otherwise the same. */
  readonly before: ScaledMatrix | undefined;
  readonly gradient: (GradientMoments & { readonly scale: number }) | undefined;
  /** The consumers that it came from, with the logarithm of each one's part. */
  readonly arrivals: readonly { readonly from: number; readonly logSize: number }[];
}

/** Sends an error from the last node back to all. */
export function runBackward(
  nodes: readonly ProgramNode[],
  from: number,
  error: Float64Array,
  onNode: () => void,
): readonly NodeErrors[] {
  const arriving: (ScaledMatrix | undefined)[] = nodes.map(() => undefined);
  arriving[from] = { values: error, scale: 0 };
  const arrivals: { from: number; logSize: number }[][] = nodes.map(() => []);
  const result: NodeErrors[] = nodes.map((_, index) => ({
    output: undefined,
    before: undefined,
    gradient: undefined,
    arrivals: arrivals[index],
  }));
  const send = (source: number, target: number, matrix: ScaledMatrix): void => {
    const size = trace(matrix.values);
    if (!(size > 0)) return;
    arriving[target] = sum(arriving[target], matrix);
    arrivals[target].push({ from: source, logSize: Math.log(size) + matrix.scale });
  };
  for (let index = from; index >= 0; index--) {
    onNode();
    const node = nodes[index];
    const output = normalised(arriving[index]);
    if (output === undefined) continue;
    const { operation } = node;
    const gradient = operation.gradient?.(output.values);
    result[index] = {
      output,
      before: operation.errorBefore
        ? { values: operation.errorBefore(output.values), scale: output.scale }
        : output,
      gradient: gradient && { ...gradient, scale: output.scale },
      arrivals: arrivals[index],
    };
    if (node.leaves.length > 0) {
      // A sum of identity paths: the same error reaches each term as often as the term is in the sum.
      for (const { node: leaf, times } of node.leaves) {
        arriving[leaf] = sum(arriving[leaf], {
          values: scaled(output.values, times * times),
          scale: output.scale,
        });
      }
    } else {
      operation.backward(output.values).forEach((values, position) => {
        send(index, node.inputs[position], { values, scale: output.scale });
      });
    }
  }
  return result;
}

/** Entries are brought back to about 1 before they come near the limits of numbers. */
const smallestPlain = 1e-60;

function normalised(matrix: ScaledMatrix | undefined): ScaledMatrix | undefined {
  if (matrix === undefined) return undefined;
  const largest = largestEntry(matrix.values);
  if (largest === 0) return undefined;
  if (largest > smallestPlain && largest < 1 / smallestPlain) return matrix;
  return { values: scaled(matrix.values, 1 / largest), scale: matrix.scale + Math.log(largest) };
}

function sum(a: ScaledMatrix | undefined, b: ScaledMatrix): ScaledMatrix {
  if (a === undefined) return b;
  const scale = Math.max(a.scale, b.scale);
  if (a.scale === b.scale) {
    const values = a.values.slice();
    addScaled(values, b.values, 1);
    return { values, scale };
  }
  const values = scaled(a.values, Math.exp(a.scale - scale));
  addScaled(values, b.values, Math.exp(b.scale - scale));
  return { values, scale };
}
