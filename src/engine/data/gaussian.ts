import type { Target } from '../../language/network.ts';
import { sizeOf, type DataUse, type GeneratedKind } from './dataSet.ts';

/**
 * Standard normal inputs of the shape that the network takes (uniform token indices where it takes tokens) and targets that
 * have nothing to do with them: for studies of gradients without a task. Targets are uniform classes where `classes` is
 * written or the loss wants labels, otherwise standard normal numbers.
 */
export const gaussian: GeneratedKind<'gaussian'> = {
  describe: (settings, { input, use }) => ({
    inputShape: input?.shape ?? [],
    target: gaussianTarget(settings.classes, use),
    samples: settings.samples,
    ...(input?.vocabulary === undefined ? {} : { vocabulary: input.vocabulary }),
  }),
  generate({ samples }, random, { inputShape, target, vocabulary }) {
    const inputs = new Float64Array(samples * sizeOf(inputShape)).map(() =>
      vocabulary === undefined ? random.normal() : random.integer(vocabulary),
    );
    const targets =
      target.type === 'classes'
        ? new Float64Array(samples * (target.rows ?? 1)).map(() => random.integer(target.classes))
        : new Float64Array(samples * target.size).map(() => random.normal());
    return { inputs, targets };
  },
};

function gaussianTarget(classes: number | undefined, use: DataUse | undefined): Target {
  if (use === undefined) {
    return classes === undefined ? { type: 'values', size: 1 } : { type: 'classes', classes };
  }
  const last = use.outputShape.at(-1) ?? 1;
  const size = sizeOf(use.outputShape);
  switch (use.loss) {
    case 'cross_entropy':
      return { type: 'classes', classes: classes ?? last, ...rows(size / last) };
    case 'bce':
    case 'bce_with_logits':
    case 'hinge':
      return { type: 'classes', classes: classes ?? Math.max(2, last), ...rows(size / last) };
    case 'mse':
    case 'mae':
    case 'huber':
      return classes === undefined
        ? { type: 'values', size }
        : { type: 'classes', classes, ...rows(size / last) };
    default:
      return use.loss satisfies never;
  }
}

function rows(count: number): { readonly rows?: number } {
  return count === 1 ? {} : { rows: count };
}
