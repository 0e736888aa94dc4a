import type { Severity } from './diagnostic.ts';

/** What the checker looks for. The page of a rule is `docs/rules/ID.md`. */
export interface Rule {
  readonly severity: Severity;
  /** One line: what is wrong where it fires. */
  readonly description: string;
}

/** Every rule by its id, the errors first. */
export const rules = {
  'syntax': { severity: 'error', description: 'The text is not as the language wants it here.' },
  'unclosed': { severity: 'error', description: 'A bracket, a block or a string has no end.' },
  'unknown-word': { severity: 'error', description: 'The language does not know this word here.' },
  'unknown-name': {
    severity: 'error',
    description: 'A name stands for nothing: no `let` and no word of the language.',
  },
  'unknown-label': { severity: 'error', description: 'A label does not exist, or only later.' },
  'wrong-type': { severity: 'error', description: 'A value of another type is expected.' },
  'out-of-range': { severity: 'error', description: 'A number lies outside of what is allowed.' },
  'missing-argument': { severity: 'error', description: 'An argument that has no default is missing.' },
  'surplus-argument': { severity: 'error', description: 'There are more values than the word takes.' },
  'duplicate': { severity: 'error', description: 'A name, label, setting or block is there twice.' },
  'conflict': { severity: 'error', description: 'Two settings exclude each other.' },
  'recursive-let': { severity: 'error', description: 'A `let` is defined by itself.' },
  'misplaced': { severity: 'error', description: 'A line or a block does not belong where it stands.' },
  'missing-input': { severity: 'error', description: 'A network does not say what goes in.' },
  'missing-block': {
    severity: 'error',
    description: 'A block is missing: the data, the training, or the body of a layer.',
  },
  'empty': { severity: 'error', description: 'A network or a block has no layers.' },
  'too-large': { severity: 'error', description: 'A network is larger than the limit.' },
  'shape': { severity: 'error', description: 'Shapes do not follow from one another.' },
  'data-shape': { severity: 'error', description: 'The data does not fit the network’s input.' },
  'loss-shape': {
    severity: 'error',
    description: 'The network’s output does not fit the data and the loss.',
  },
  'data-file': { severity: 'error', description: 'A file of the data cannot be found or read.' },
  'data-format': { severity: 'error', description: 'A file of the data is not in its format.' },
  'data-column': { severity: 'error', description: 'A column of the table does not exist, or none is left.' },
  'data-values': { severity: 'error', description: 'The data holds values that cannot be used.' },
  'weights-file': {
    severity: 'error',
    description: 'The file of weights cannot be read, or does not fit the network.',
  },
  'memory-limit': {
    severity: 'error',
    description: 'Training would take more memory than the settings allow.',
  },
  'not-built-yet': {
    severity: 'error',
    description: 'The language has this, but training does not know it yet.',
  },
  'softmax-before-cross-entropy': {
    severity: 'warning',
    description: '`cross_entropy` has a softmax built in; another one before it flattens gradients.',
  },
  'sigmoid-before-logits': {
    severity: 'warning',
    description: '`bce_with_logits` has a sigmoid built in; another one before it flattens gradients.',
  },
  'missing-probabilities': {
    severity: 'warning',
    description: '`bce` wants probabilities, but the last activation gives other numbers.',
  },
  'single-softmax': {
    severity: 'warning',
    description: 'A softmax over one unit is always 1: nothing behind it learns.',
  },
  'initialiser-scale': {
    severity: 'warning',
    description: 'A saturating activation with weights that are drawn much too large or too small.',
  },
  'equal-weights': {
    severity: 'warning',
    description: 'Equal weights make all units of a layer learn the same.',
  },
  'rectifier-initialiser': {
    severity: 'warning',
    description:
      'Rectifiers in a deep network need `kaiming`: another initialiser loses half of the signal at every layer.',
  },
  'unscaled-data': {
    severity: 'warning',
    description: 'Inputs or targets are far from the scale that networks learn well from.',
  },
  'learning-rate': {
    severity: 'warning',
    description: 'The learning rate is outside of the optimizer’s usual range.',
  },
  'cancelled-bias': {
    severity: 'information',
    description: 'A batch normalisation takes this bias away again.',
  },
  'unused-label': { severity: 'information', description: 'A label inside of a block is used nowhere.' },
  'unused-let': { severity: 'information', description: 'A `let` is used nowhere.' },
  'no-test-samples': {
    severity: 'information',
    description: 'The split leaves no samples to test what was learned.',
  },
  'too-few-samples': {
    severity: 'information',
    description: 'The data holds fewer samples than `samples` asks for.',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
