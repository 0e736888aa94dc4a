/** An output that does not fit its loss: what one of the two does already, the other must not do again. */
import { removeStatement } from '../../language/edit/removal.ts';
import { removeArgument } from '../../language/edit/values.ts';
import { setTraining } from '../../language/edit/training.ts';
import { setArguments } from '../../language/edit/values.ts';
import type { TextEdit } from '../../language/diagnostic.ts';
import { activationOf } from './activation.ts';
import type { Family, Part, Patient, Proposal } from './fix.ts';
import { bridle1990 } from './sources.ts';

/** Losses that take logits and apply softmax or sigmoid themselves. */
const builtIn: Readonly<Record<string, string>> = { cross_entropy: 'softmax', bce_with_logits: 'sigmoid' };

export const fittingOutput: Family = (patient) => {
  const { network, file, statement } = patient;
  const last = patient.parts.findLast(({ hidden }) => !hidden);
  const activation = last && activationOf(last);
  if (last === undefined || activation === undefined) return [];
  const { loss } = network.train;
  const single = network.outputShape.at(-1) === 1;
  const squashed = activation === 'softmax' || activation === 'sigmoid';
  const removal = squashed ? withoutActivation(last, patient) : [];
  const also = squashed ? ` without ${activation}` : '';
  if (single && loss === 'cross_entropy')
    return [
      {
        title: `loss = bce_with_logits${also}`,
        edits: [...setTraining(file, statement, 'loss', 'bce_with_logits'), ...removal],
        why: 'Softmax over one unit is always 1; the logit of one unit wants a sigmoid, which bce_with_logits has built in.',
        source: bridle1990,
      },
    ];
  if (squashed && builtIn[loss] !== undefined)
    return [
      {
        title: `no ${activation} before ${loss}`,
        edits: removal,
        why: `${loss} has a ${builtIn[loss]} built in: a second squashing pulls all answers together and makes gradients small.`,
        source: bridle1990,
      },
    ];
  return single && activation === 'softmax' ? [sigmoidInstead(last, patient)] : [];
};

function sigmoidInstead({ line }: Part, { file }: Patient): Proposal {
  return {
    title: 'sigmoid instead of softmax over one unit',
    edits: setArguments(file, [line], 'activation', 'sigmoid'),
    why: 'Softmax over one unit is always 1, and its gradient identically zero; sigmoid is its form for two classes and one unit.',
    source: bridle1990,
  };
}

function withoutActivation({ line }: Part, { file }: Patient): TextEdit[] {
  return line.kind.text === 'activation'
    ? [removeStatement(file.text, line)]
    : removeArgument(file, line, 'activation');
}
