/** Lines that join two signals: the output of an earlier layer, or what entered a block. */
import type { Argument } from '../entry.ts';
import {
  describeShape,
  tokenProblem,
  type LayerEntry,
  type LayerPlan,
  type LayerProblem,
  type SecondInput,
  type Signal,
} from './layer.ts';

const label: Argument = {
  name: 'label',
  position: 0,
  type: { type: 'label' },
  required: true,
  documentation: 'Label of an earlier layer.',
};

const sameShape = (a: Signal, b: Signal): boolean =>
  a.shape.length === b.shape.length && a.shape.every((size, dimension) => size === b.shape[dimension]);

/** The second input, which the checker has found by the time that shapes are planned. */
function partner(kind: string, second: SecondInput | undefined): SecondInput {
  if (!second) throw new Error(`\`${kind}\` was planned without its second input`);
  return second;
}

export const add: LayerEntry = {
  name: 'add',
  summary: 'Adds the output of an earlier labelled layer.',
  formula: 'y = x + LABEL',
  gradient: 'The error goes to both sides unchanged: a shortcut past everything in between.',
  reference: {
    title: 'He et al. 2015, Deep residual learning for image recognition',
    url: 'https://arxiv.org/abs/1512.03385',
  },
  arguments: [label],
  example: 'add hidden',
  plan(_written, input, second) {
    const { signal, label: name } = partner('add', second);
    const tokens = tokenProblem('add', input) ?? tokenProblem('add', signal);
    if (tokens) return tokens;
    if (!sameShape(input, signal)) {
      const message = `\`add ${name}\` wants two equal shapes, but what arrives is ${describeShape(input.shape)} and \`${name}\` gives ${describeShape(signal.shape)}.`;
      return { rule: 'shape', argument: 'label', message };
    }
    return { kind: 'add', outputShape: input.shape, parameters: 0 };
  },
};

export const concat: LayerEntry = {
  name: 'concat',
  summary: 'Joins the output of an earlier labelled layer along features (channels of an image).',
  formula: 'y = [x, LABEL]',
  gradient: 'Each side gets its own part of the error.',
  reference: {
    title: 'Huang et al. 2016, Densely connected convolutional networks',
    url: 'https://arxiv.org/abs/1608.06993',
  },
  arguments: [label],
  example: 'concat hidden',
  plan(_written, input, second) {
    const { signal, label: name } = partner('concat', second);
    const tokens = tokenProblem('concat', input) ?? tokenProblem('concat', signal);
    if (tokens) return tokens;
    const features = input.shape.length === 3 ? 0 : input.shape.length - 1;
    const fits =
      signal.shape.length === input.shape.length &&
      input.shape.every((size, dimension) => dimension === features || size === signal.shape[dimension]);
    if (!fits) {
      const message = `\`concat ${name}\` joins along features, so that all other sizes must be equal, but what arrives is ${describeShape(input.shape)} and \`${name}\` gives ${describeShape(signal.shape)}.`;
      return { rule: 'shape', argument: 'label', message };
    }
    const outputShape = input.shape.map((size, dimension) =>
      dimension === features ? size + signal.shape[dimension] : size,
    );
    return { kind: 'concat', outputShape, parameters: 0 };
  },
};

/** Parameters of the projection of a shortcut, or why there can be none. */
function projection(input: Signal, entered: Signal): number | LayerProblem {
  const image = input.shape.length === 3;
  const features = image ? 0 : input.shape.length - 1;
  const fits =
    input.shape.length === entered.shape.length &&
    input.shape.every((size, dimension) => dimension === features || size === entered.shape[dimension]);
  if (!fits) {
    const message = `The shortcut’s projection changes ${image ? 'channels' : 'features'} alone, but ${describeShape(entered.shape)} enters the block and its body gives ${describeShape(input.shape)}.`;
    return { rule: 'shape', message };
  }
  return entered.shape[features] * input.shape[features] + input.shape[features];
}

export const residual: LayerEntry = {
  name: 'residual',
  summary: 'A block with a shortcut: what entered is added to what the body makes of it.',
  formula: 'y = x + body(x),  with `project=true` y = P x + body(x)',
  gradient:
    'The shortcut hands the error on unchanged, so that it cannot vanish on its way through many blocks.',
  reference: {
    title: 'He et al. 2015, Deep residual learning for image recognition',
    url: 'https://arxiv.org/abs/1512.03385',
  },
  arguments: [
    {
      name: 'project',
      type: { type: 'boolean' },
      default: 'false',
      documentation:
        'Where shapes differ, a learned map on the shortcut: `dense`, or a 1 x 1 convolution on images.',
    },
  ],
  example: 'residual { dense 16 relu; dense 16 }',
  block: true,
  plan(written, input, second): LayerPlan | LayerProblem {
    const { signal: entered } = partner('residual', second);
    const tokens = tokenProblem('residual', entered) ?? tokenProblem('residual', input);
    if (tokens) return tokens;
    const equal = sameShape(input, entered);
    if (equal) return { kind: 'residual', project: false, outputShape: input.shape, parameters: 0 };
    if (!written.boolean('project')) {
      const message = `${capitalised(describeShape(entered.shape))} enters the block, but its body gives ${describeShape(input.shape)}: they cannot be added. \`residual project=true { … }\` adds a learned projection.`;
      return { rule: 'shape', message, setting: { name: 'project', value: 'true' } };
    }
    const parameters = projection(input, entered);
    if (typeof parameters === 'object') return parameters;
    return { kind: 'residual', project: true, outputShape: input.shape, parameters };
  },
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
