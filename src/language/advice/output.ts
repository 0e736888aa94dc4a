/** The last activation and the loss: what one of them does already, the other must not do again. */
import type { ActivationName, Layer } from '../network.ts';
import type { Span } from '../syntax.ts';
import { removeStatement, removeWord } from '../edit/removal.ts';
import { argumentSpan, type Subject } from './subject.ts';

const toProbabilities: ReadonlySet<ActivationName> = new Set<ActivationName>([
  'sigmoid',
  'hard_sigmoid',
  'softmax',
]);

/** Softmax before `cross_entropy`, sigmoid before `bce_with_logits`, numbers that are no probabilities before `bce`. */
export function adviseOnOutput(subject: Subject): void {
  const { analysis, layers, context } = subject;
  const last = layers.at(-1);
  const loss = analysis.train?.loss;
  if (!last || !loss || !analysis.ended) return;
  const activation = 'activation' in last ? last.activation.name : 'linear';
  if (loss === 'cross_entropy' && activation === 'softmax') {
    const message =
      'The softmax is one too many: `cross_entropy` has it built in. Twice it squeezes all answers together and makes gradients small.';
    context.diagnostics.add(
      'softmax-before-cross-entropy',
      activationSpan(subject, last),
      message,
      removal(subject, last),
    );
  } else if (loss === 'bce_with_logits' && (activation === 'sigmoid' || activation === 'hard_sigmoid')) {
    const message = `The ${activation} is one too many: \`bce_with_logits\` has a sigmoid built in. Twice it keeps every answer near one half and makes gradients small.`;
    context.diagnostics.add(
      'sigmoid-before-logits',
      activationSpan(subject, last),
      message,
      removal(subject, last),
    );
  } else if (loss === 'bce' && !toProbabilities.has(activation)) {
    const written = analysis.trainArguments?.spanOf('loss');
    // A mistyped activation may well be one that gives them.
    if (!written || !subject.lineOf(last).sound) return;
    const message = `\`bce\` wants probabilities, but the last layer gives any numbers: \`bce_with_logits\` has the sigmoid built in.`;
    const edits = [{ from: written.from, to: written.to, replacement: 'bce_with_logits' }];
    const related = [{ ...activationSpan(subject, last), message: 'The last layer.' }];
    context.diagnostics.add('missing-probabilities', written, message, {
      fixes: [{ title: 'Change to `bce_with_logits`', edits }],
      related,
    });
  }
}

/** A softmax over one unit. */
export function adviseOnSingleSoftmax(subject: Subject): void {
  for (const layer of subject.layers) {
    if (!('activation' in layer) || layer.activation.name !== 'softmax' || layer.outputShape.at(-1) !== 1)
      continue;
    if (layer.kind === 'activation' && subject.isGuessed(layer)) continue;
    const span = activationSpan(subject, layer);
    const message = 'A softmax over one unit is always 1, whatever its input: no gradient passes.';
    const edits = [{ from: span.from, to: span.to, replacement: 'sigmoid' }];
    subject.context.diagnostics.add('single-softmax', span, message, {
      fixes: [{ title: 'Change to `sigmoid`', edits }],
    });
  }
}

const activationSpan = (subject: Subject, layer: Layer): Span =>
  argumentSpan(subject.lineOf(layer), 'activation');

function removal(
  subject: Subject,
  layer: Layer,
): { fixes: { title: string; edits: { from: number; to: number; replacement: string }[] }[] } {
  const { text } = subject.context;
  const { line } = subject.lineOf(layer);
  const span = activationSpan(subject, layer);
  const written = text.slice(span.from, span.to);
  const named = line.named.find(({ name }) => name.text === 'activation');
  const edit = layer.kind === 'activation' ? removeStatement(text, line) : removeWord(text, named ?? span);
  return { fixes: [{ title: `Remove \`${written}\``, edits: [edit] }] };
}
