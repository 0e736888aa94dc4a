/** A network's input and output against its data and its loss. */
import { formatShape } from '../catalogue/layers/layer.ts';
import type { DataFactsSource } from '../dataFacts.ts';
import type { DataSettings, Layer, NetworkInput, Shape, TrainSettings } from '../network.ts';
import type { Span } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { describeData } from './describeData.ts';
import { fittingInput, lossMismatch } from './fit.ts';
import type { PreparedLine } from './preparedLines.ts';
import { replaceBy } from './replacement.ts';

/** The two ends of a network, with data and loss. */
interface Fitting {
  readonly data: DataSettings;
  readonly train: TrainSettings;
  readonly input: NetworkInput;
  readonly outputShape: Shape;
  readonly last: Layer;
  readonly lines: readonly PreparedLine[];
  readonly factsOf: DataFactsSource;
  readonly dataHead: Span;
}

/** Holds the network's two ends against data and loss; true where they fit or only the files can tell. */
export function checkFit(context: CheckContext, fitting: Fitting): boolean {
  const { data, train, input, outputShape, last, dataHead } = fitting;
  const facts =
    'path' in data
      ? (fitting.factsOf(data.path, data) ?? describeData(data, { input, loss: train.loss, outputShape }))
      : describeData(data, { input, loss: train.loss, outputShape });
  if (!facts) return true;
  let fits = true;
  const wanted = fittingInput(data.kind, facts, input);
  if (wanted !== undefined) {
    const message = `\`data ${data.kind}\` has samples for \`input ${wanted}\`, not for \`${writtenInput(input)}\`.`;
    const fix = {
      title: `Change to \`input ${wanted}\``,
      edits: [{ ...input.span, replacement: `input ${wanted}` }],
    };
    const related = [{ ...dataHead, message: 'The data.' }];
    context.diagnostics.add('data-shape', input.span, message, { related, fixes: [fix] });
    fits = false;
  }
  const wrong = lossMismatch(train.loss, facts.target, outputShape, data.kind);
  if (wrong) {
    const related = [{ ...dataHead, message: 'The data.' }];
    const units = wrong.units === undefined ? undefined : unitsOf(last, fitting.lines);
    const fixes = units ? [replaceBy(units, String(wrong.units))] : [];
    context.diagnostics.add('loss-shape', last.span, wrong.message, { related, fixes });
    fits = false;
  }
  return fits;
}

const writtenInput = ({ shape, vocabulary }: NetworkInput): string =>
  `input ${formatShape(shape)}${vocabulary === undefined ? '' : ` vocab=${vocabulary}`}`;

/** Where the units of the last layer are written, if they are its own and not those of every instance of a `repeat`. */
function unitsOf(last: Layer, lines: readonly PreparedLine[]): Span | undefined {
  const line = lines.find((prepared) => prepared.line.from === last.span.from);
  if (last.kind !== 'dense' || line?.type !== 'layer') return undefined;
  return line.arguments?.spanOf('units');
}
