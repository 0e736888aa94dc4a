/** The last activation and the loss: what one of them does already, the other must not do again. */
import type { LayerPlan } from '../catalogue/layers/layer.ts';
import type { LayerStep } from '../checking/steps.ts';
import type { ActivationName } from '../network.ts';
import type { Fix } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';
import { removeStatement, removeWord } from '../edit/removal.ts';
import { argumentSpan, isGuessed, type Subject } from './subject.ts';

const toProbabilities: ReadonlySet<ActivationName> = new Set<ActivationName>([
  'sigmoid',
  'hard_sigmoid',
  'softmax',
]);

/** Softmax before `cross_entropy`, sigmoid before `bce_with_logits`, numbers that are no probabilities before `bce`. */
export function adviseOnOutput(subject: Subject): void {
  const { analysis, steps, context, trainArguments } = subject;
  const last = steps.at(-1);
  const loss = analysis.train?.loss;
  if (!last || !loss || !analysis.ended) return;
  const { plan } = last.flow;
  const activation = 'activation' in plan ? plan.activation.name : 'linear';
  if (loss === 'cross_entropy' && activation === 'softmax') {
    const message =
      'The softmax is one too many: `cross_entropy` has it built in. Twice it squeezes all answers together and makes gradients small.';
    context.diagnostics.add(
      'softmax-before-cross-entropy',
      activationSpan(last),
      message,
      removal(context.text, last),
    );
  } else if (loss === 'bce_with_logits' && (activation === 'sigmoid' || activation === 'hard_sigmoid')) {
    const message = `The ${activation} is one too many: \`bce_with_logits\` has a sigmoid built in. Twice it keeps every answer near one half and makes gradients small.`;
    context.diagnostics.add(
      'sigmoid-before-logits',
      activationSpan(last),
      message,
      removal(context.text, last),
    );
  } else if (loss === 'bce' && !toProbabilities.has(activation)) {
    const written = trainArguments?.spanOf('loss');
    // A mistyped activation may well be one that gives them.
    if (!written || !last.prepared.sound) return;
    const message = `\`bce\` wants probabilities, but the last layer gives any numbers: \`bce_with_logits\` has the sigmoid built in.`;
    const edits = [{ from: written.from, to: written.to, replacement: 'bce_with_logits' }];
    const related = [{ ...activationSpan(last), message: 'The last layer.' }];
    context.diagnostics.add('missing-probabilities', written, message, {
      fixes: [{ title: 'Change to `bce_with_logits`', edits }],
      related,
    });
  }
}

/** A softmax over one unit. */
export function adviseOnSingleSoftmax(subject: Subject): void {
  if (!subject.plans.some(isSingleSoftmax)) return;
  for (const step of subject.steps) {
    const { plan } = step.flow;
    if (!isSingleSoftmax(plan)) continue;
    if (plan.kind === 'activation' && isGuessed(subject.analysis, step)) continue;
    const span = activationSpan(step);
    const message = 'A softmax over one unit is always 1, whatever its input: no gradient passes.';
    const edits = [{ from: span.from, to: span.to, replacement: 'sigmoid' }];
    // A sigmoid in front of this loss would be the next mistake.
    const isBuiltIn = step === subject.steps.at(-1) && subject.analysis.train?.loss === 'bce_with_logits';
    subject.context.diagnostics.add(
      'single-softmax',
      span,
      message,
      isBuiltIn ? removal(subject.context.text, step) : { fixes: [{ title: 'Change to `sigmoid`', edits }] },
    );
  }
}

const isSingleSoftmax = (plan: LayerPlan): boolean =>
  'activation' in plan && plan.activation.name === 'softmax' && plan.outputShape.at(-1) === 1;

const activationSpan = ({ prepared }: LayerStep): Span => argumentSpan(prepared, 'activation');

function removal(text: string, step: LayerStep): { fixes: Fix[] } {
  const { line } = step.prepared;
  const span = activationSpan(step);
  const written = text.slice(span.from, span.to);
  const named = line.named.find(({ name }) => name.text === 'activation');
  const edit =
    step.flow.plan.kind === 'activation' ? removeStatement(text, line) : removeWord(text, named ?? span);
  return { fixes: [{ title: `Remove \`${written}\``, edits: [edit] }] };
}
