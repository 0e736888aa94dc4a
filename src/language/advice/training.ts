/** Data and training: scales, rates, splits. */
import { digitSamples } from '../catalogue/dataKinds.ts';
import { optimizers } from '../catalogue/optimizers.ts';
import { formatNumber } from '../checking/ranges.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { NestedNumbers } from '../network.ts';
import type { Span } from '../syntax.ts';
import type { Subject } from './subject.ts';

/** A learning rate far from where the optimizer is used. */
export function adviseOnLearningRate({ trainArguments, context }: Subject): void {
  const call = trainArguments?.call('optimizer');
  const span = call?.spanOf('lr');
  const entry = optimizers.find(({ name }) => name === call?.entry.name);
  if (!call || !span || !entry) return;
  const rate = call.number('lr');
  const { from, to } = entry.usual;
  if (rate >= from && rate <= to) return;
  const standard = entry.name === 'sgd' ? '0.1' : '0.001';
  const effect =
    rate > to
      ? 'steps this large usually make the loss jump or grow'
      : 'steps this small hardly move anything';
  const message = `A learning rate of ${shortly(rate)} is unusual for \`${entry.name}\`, which is used with ${shortly(from)} to ${shortly(to)}: ${effect}.`;
  const edits = [{ from: span.from, to: span.to, replacement: standard }];
  context.diagnostics.add('learning-rate', span, message, {
    fixes: [{ title: `Change to \`${standard}\``, edits }],
  });
}

/** `1e-6` rather than many zeros. */
const shortly = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);

/** Nothing is left to test on. */
export function adviseOnSplit({ analysis, dataArguments, context }: Subject): void {
  const span = dataArguments?.spanOf('split');
  const { data } = analysis;
  if (!span || !data || data.kind === 'mnist') return;
  const known = 'path' in data ? undefined : data.kind === 'inline' ? data.inputs.length : data.samples;
  const trained = known === undefined ? undefined : Math.max(1, Math.round(known * data.split));
  if (data.split < 1 && (known === undefined || trained! < known)) return;
  const message =
    'All samples are for training: nothing is left to tell whether the network has learned or memorised.';
  const fixes =
    known !== undefined && known < 5
      ? []
      : [{ title: 'Change to `0.8`', edits: [{ from: span.from, to: span.to, replacement: '0.8' }] }];
  context.diagnostics.add('no-test-samples', span, message, { fixes });
}

/** More samples are asked for than there are. */
export function adviseOnSamples({ analysis, dataArguments, context }: Subject): void {
  const span = dataArguments?.spanOf('samples');
  const { data, dataFacts } = analysis;
  if (!span || !data) return;
  const known =
    data.kind === 'inline' ? data.inputs.length : data.kind === 'digits' ? digitSamples : dataFacts?.samples;
  if (known === undefined || data.samples <= known) return;
  const message = `The data holds ${formatNumber(known)} samples: all of them are taken, and no more.`;
  const edits = [{ from: span.from, to: span.to, replacement: String(known) }];
  context.diagnostics.add('too-few-samples', span, message, {
    fixes: [{ title: `Change to \`${known}\``, edits }],
  });
}

/** Inputs or targets beyond this size saturate units and make first steps huge. */
const largestHealthy = 20;

/** Inputs or targets that are far from unit scale, as far as the file or what is known of its data says. */
export function adviseOnDataScale({ analysis, dataArguments, context }: Subject): void {
  const { data, dataFacts } = analysis;
  if (!data || !dataArguments) return;
  if (data.kind === 'inline') {
    for (const name of ['inputs', 'targets'] as const) {
      const span = dataArguments.spanOf(name);
      const largest = largestOf(data[name]);
      if (
        !span ||
        largest <= largestHealthy ||
        (name === 'targets' && isClassification(analysis.train?.loss))
      )
        continue;
      const message = `The ${name} reach ${largest}: networks learn well from numbers of about 1. Divide them by ${largest}.`;
      context.diagnostics.add('unscaled-data', { from: span.from, to: span.from + 1 }, message, {
        fixes:
          context.text[span.from] === '['
            ? [{ title: `Divide the ${name} by ${largest}`, edits: divide(context.text, span, largest) }]
            : [],
      });
    }
  } else if (data.kind === 'csv' && data.normalize === 'none' && dataFacts?.largestInput !== undefined) {
    if (dataFacts.largestInput <= largestHealthy) return;
    const span = dataArguments.spanOf('normalize') ?? dataArguments.spanOf('path');
    if (!span) return;
    const written = dataArguments.spanOf('normalize');
    const edit = written
      ? { from: written.from, to: written.to, replacement: 'standard' }
      : { from: span.to, to: span.to, replacement: ', normalize = standard' };
    const message = `The inputs reach ${dataFacts.largestInput}: networks learn well from numbers of about 1. \`normalize = standard\` scales them.`;
    context.diagnostics.add('unscaled-data', span, message, {
      fixes: [{ title: 'Set `normalize = standard`', edits: [edit] }],
    });
  }
}

/** One edit for each number that stands in the span; none where a `let` holds them. */
function divide(text: string, { from, to }: Span, divisor: number): TextEdit[] {
  const numbers = text.slice(from, to).matchAll(/#.*|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/g);
  return [...numbers].flatMap(({ 1: number, index }) =>
    number === undefined
      ? []
      : [
          {
            from: from + index,
            to: from + index + number.length,
            replacement: String(Number((Number(number) / divisor).toPrecision(6))),
          },
        ],
  );
}

const isClassification = (loss: string | undefined): boolean => loss === 'cross_entropy' || loss === 'hinge';

function largestOf(numbers: NestedNumbers): number {
  let largest = 0;
  for (const item of numbers)
    largest = Math.max(largest, typeof item === 'number' ? Math.abs(item) : largestOf(item));
  return largest;
}
