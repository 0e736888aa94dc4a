/** Whether data, network and loss belong together. */
import { answersOf } from '../answers.ts';
import { formatShape } from '../catalogue/layers/layer.ts';
import type { DataFacts } from '../dataFacts.ts';
import type { DataKind, LossName, NetworkInput, Shape, Target } from '../network.ts';

const entriesOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);
const equal = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, index) => size === b[index]);

/** Numbers in a row that a network may take in any shape of as many. */
const reshapable: ReadonlySet<DataKind> = new Set<DataKind>(['digits', 'mnist', 'csv']);

/** The `input` that fits the data, where the network has another; undefined where it fits. */
export function fittingInput(
  kind: DataKind,
  facts: Omit<DataFacts, 'samples'>,
  input: NetworkInput,
): string | undefined {
  const { shape, vocabulary } = input;
  if (facts.vocabulary !== undefined) {
    const fits = vocabulary !== undefined && vocabulary >= facts.vocabulary && equal(facts.inputShape, shape);
    return fits ? undefined : `${formatShape(facts.inputShape)} vocab=${facts.vocabulary}`;
  }
  if (equal(facts.inputShape, shape)) return undefined;
  if (reshapable.has(kind) && entriesOf(facts.inputShape) === entriesOf(shape)) return undefined;
  return formatShape(facts.inputShape);
}

/** Why the output does not fit, and how many units the last layer should have where that would help. */
export interface LossMismatch {
  readonly message: string;
  readonly units: number | undefined;
}

/** Holds the network's output against the loss and the targets; undefined where they fit. */
export function lossMismatch(
  loss: LossName,
  target: Target,
  output: Shape,
  data: DataKind,
): LossMismatch | undefined {
  const written = formatShape(output);
  const { rows, features } = answersOf(output);
  const wantedRows = target.type === 'classes' ? (target.rows ?? 1) : 1;
  if (target.type === 'classes' && rows !== wantedRows) {
    const wanted = wantedRows === 1 ? 'one answer' : `an answer at each of its ${wantedRows} time steps`;
    return {
      message: `\`data ${data}\` wants ${wanted} a sample, but the network gives ${rows} (${written}).`,
      units: undefined,
    };
  }
  switch (loss) {
    case 'cross_entropy':
      if (target.type === 'values')
        return wrongTarget(
          loss,
          'classes',
          `${target.size} ${target.size === 1 ? 'number' : 'numbers'} a sample`,
          data,
          '`mse`',
        );
      if (features < target.classes)
        return mismatch(
          `\`cross_entropy\` wants one output a class: \`data ${data}\` has ${target.classes}, but the network gives ${written}.`,
          target.classes,
        );
      return undefined;
    case 'bce':
    case 'bce_with_logits':
    case 'hinge':
      if (target.type === 'values') return valuesMismatch(target.size, output, data);
      if (target.classes === 2 && features === 1) return undefined;
      if (features === target.classes) return undefined;
      return mismatch(
        target.classes === 2
          ? `\`${loss}\` wants one output for two classes, but the network gives ${written}.`
          : `\`${loss}\` wants one output a class: \`data ${data}\` has ${target.classes}, but the network gives ${written}.`,
        target.classes === 2 ? 1 : target.classes,
      );
    case 'mse':
    case 'mae':
    case 'huber':
      if (target.type === 'values') return valuesMismatch(target.size, output, data);
      if (features === 1 || features === target.classes) return undefined;
      return mismatch(
        `\`data ${data}\` has ${target.classes} classes: \`${loss}\` wants one output, or one a class, but the network gives ${written}.`,
        target.classes,
      );
    default:
      return loss satisfies never;
  }
}

const mismatch = (message: string, units: number): LossMismatch => ({ message, units });

function wrongTarget(
  loss: LossName,
  wants: string,
  has: string,
  data: DataKind,
  better: string,
): LossMismatch {
  return {
    message: `\`${loss}\` wants ${wants}, but \`data ${data}\` has ${has}: use a loss such as ${better}.`,
    units: undefined,
  };
}

function valuesMismatch(size: number, output: Shape, data: DataKind): LossMismatch | undefined {
  if (entriesOf(output) === size) return undefined;
  const message = `\`data ${data}\` has ${size} ${size === 1 ? 'target' : 'targets'} a sample, but the network gives ${formatShape(output)}.`;
  return { message, units: output.length === 1 ? size : undefined };
}
