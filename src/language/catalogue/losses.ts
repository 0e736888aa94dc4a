import type { LossName } from '../network.ts';
import type { CatalogueEntry } from './entry.ts';

/** A loss, with what it wants to be given. */
export interface LossEntry extends CatalogueEntry {
  readonly name: LossName;
  /** Classification losses want labels, `values` real numbers; `mse` and its like also take labels, as 0 and 1. */
  readonly wants: 'classes' | 'values';
}

/** Every loss, in the order of the reference. The mean is over the batch and, but for `cross_entropy`, over all outputs. */
export const losses: readonly LossEntry[] = [
  {
    name: 'mse',
    summary: 'Mean squared error.',
    formula: 'mean (y − t)²',
    gradient:
      'Proportional to the error, y − t: it fades as the answer nears the target. Behind a saturated sigmoid it vanishes although the answer is wrong.',
    arguments: [],
    example: 'loss = mse',
    wants: 'values',
  },
  {
    name: 'mae',
    summary: 'Mean absolute error.',
    formula: 'mean |y − t|',
    gradient: 'Of constant size, whatever the error: ±1/n for each of n outputs.',
    arguments: [],
    example: 'loss = mae',
    wants: 'values',
  },
  {
    name: 'huber',
    summary: 'Squared for small errors, absolute for large ones (δ = 1).',
    formula: 'mean of (y − t)²/2 where |y − t| < 1, |y − t| − 1/2 otherwise',
    gradient: 'Like `mse` near the target, of constant size far from it: outliers cannot make it explode.',
    reference: {
      title: 'Huber 1964, Robust estimation of a location parameter',
      url: 'https://doi.org/10.1214/aoms/1177703732',
    },
    arguments: [],
    example: 'loss = huber',
    wants: 'values',
  },
  {
    name: 'bce',
    summary: 'Binary cross-entropy on probabilities: the output must lie in 0 … 1, as behind a sigmoid.',
    formula: '−mean (t ln y + (1 − t) ln(1 − y))',
    gradient:
      'Grows without bound where the answer is surely wrong; together with the sigmoid before it that becomes y − t. `bce_with_logits` computes the same more exactly.',
    arguments: [],
    example: 'loss = bce',
    wants: 'classes',
  },
  {
    name: 'bce_with_logits',
    summary: 'Binary cross-entropy with the sigmoid built in: the output is any real number.',
    formula: 'mean (max(x, 0) − x t + ln(1 + e⁻|ˣ|))',
    gradient: 'sigmoid(x) − t: between −1 and 1, and not small while the answer is wrong.',
    arguments: [],
    example: 'loss = bce_with_logits',
    wants: 'classes',
  },
  {
    name: 'cross_entropy',
    summary: 'Cross-entropy over classes with the softmax built in: one real number a class.',
    formula: '−mean over rows of ln softmax(x)[class]',
    gradient: 'softmax(x) − one-hot(class): between −1 and 1, and not small while the answer is wrong.',
    arguments: [],
    example: 'loss = cross_entropy',
    wants: 'classes',
  },
  {
    name: 'hinge',
    summary:
      'The loss of support vector machines: an answer counts as right once it is 1 or more on its side.',
    formula: 'mean max(0, 1 − t y),  t = ±1',
    gradient: 'Exactly 0 for every sample that is on the right side of the margin, ±1 for the others.',
    reference: {
      title: 'Cortes and Vapnik 1995, Support-vector networks',
      url: 'https://doi.org/10.1007/BF00994018',
    },
    arguments: [],
    example: 'loss = hinge',
    wants: 'classes',
  },
];
