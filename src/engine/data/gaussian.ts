import { sizeOf, type DrawSamples } from './dataSet.ts';

/**
 * Standard normal inputs of the shape that the network takes (uniform token indices where it takes tokens) and targets that
 * have nothing to do with them: for studies of gradients without a task. Targets are uniform classes where `classes` is
 * written or the loss wants labels, otherwise standard normal numbers.
 */
export const gaussian: DrawSamples<'gaussian'> = (
  { samples },
  random,
  { inputShape, target, vocabulary },
) => {
  const inputs = new Float64Array(samples * sizeOf(inputShape)).map(() =>
    vocabulary === undefined ? random.normal() : random.integer(vocabulary),
  );
  const targets =
    target.type === 'classes'
      ? new Float64Array(samples * (target.rows ?? 1)).map(() => random.integer(target.classes))
      : new Float64Array(samples * target.size).map(() => random.normal());
  return { inputs, targets };
};
