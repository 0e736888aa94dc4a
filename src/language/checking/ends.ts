/** A network's input and output against its data and its loss. */
import { formatShape } from '../catalogue/layers/layer.ts';
import { dataUse, type DataFactsSource, type MeantColumn } from '../dataFacts.ts';
import type { Fix } from '../diagnostic.ts';
import type { DataSettings, NetworkInput, Shape, TrainSettings } from '../network.ts';
import type { Span } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { describeData } from './describeData.ts';
import { fittingInput, lossMismatch } from './fit.ts';
import type { PreparedLine } from './preparedLines.ts';
import { replaceBy } from './replacement.ts';
import type { ResolvedArguments } from './resolved.ts';
import type { LayerStep } from './steps.ts';

/** The two ends of a network, with data and loss. */
interface Fitting {
  readonly data: DataSettings;
  /** What is not known of a network with a mistake is undefined. */
  readonly train: TrainSettings | undefined;
  readonly input: NetworkInput;
  readonly outputShape: Shape | undefined;
  readonly last: LayerStep | undefined;
  readonly lines: readonly PreparedLine[];
  readonly fileFacts: ReturnType<DataFactsSource>;
  readonly dataHead: Span;
  readonly dataArguments: ResolvedArguments;
}

/** Holds the network's two ends against data and loss, as far as they are known; true where they fit or only the files can tell. */
export function checkFit(context: CheckContext, fitting: Fitting): boolean {
  const { data, train, input, outputShape, last, dataHead } = fitting;
  const known = train !== undefined && outputShape !== undefined && last !== undefined;
  // Loss and output say what the targets of some data are, but never its inputs.
  const use = { input, ...dataUse(train, outputShape) };
  const { fileFacts } = fitting;
  if (fileFacts && 'message' in fileFacts) {
    const { rule, message, meant } = fileFacts;
    // Without a loss or an output it is not known what the targets have to be.
    if (rule === 'data-values' && !known) return false;
    const place = fitting.dataArguments.spanOf(rule === 'data-column' ? 'target' : 'path') ?? dataHead;
    const fix = meant && columnFix(context, place, meant);
    context.diagnostics.add(rule, place, message, fix && { fixes: [fix] });
    return false;
  }
  const facts = fileFacts ?? describeData(data, use);
  if (!facts) return known;
  let fits = known;
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
  const wrong = known ? lossMismatch(train.loss, facts.target, outputShape, data.kind) : undefined;
  if (known && wrong) {
    const related = [{ ...dataHead, message: 'The data.' }];
    const units = wrong.units === undefined ? undefined : unitsOf(last, fitting.lines);
    const fixes = units ? [replaceBy(units, String(wrong.units))] : [];
    context.diagnostics.add('loss-shape', last.prepared.line, wrong.message, { related, fixes });
    fits = false;
  }
  return fits;
}

/** The fix that writes another column's name, in quotes where it has them or needs them. */
function columnFix({ text }: CheckContext, at: Span, { written, column }: MeantColumn): Fix | undefined {
  // A quote in a name would have to be written in another way.
  if (/["\\]/.test(written + column)) return undefined;
  const source = text.slice(at.from, at.to);
  const isQuoted = source.includes(`"${written}"`);
  const place = isQuoted ? source.indexOf(`"${written}"`) : source.search(new RegExp(`\\b${written}\\b`));
  if (place < 0) return undefined;
  const length = written.length + (isQuoted ? 2 : 0);
  const needsQuotes = isQuoted || !/^[A-Za-z_]\w*$/.test(column);
  const from = at.from + place;
  return replaceBy({ from, to: from + length }, needsQuotes ? `"${column}"` : column);
}

const writtenInput = ({ shape, vocabulary }: NetworkInput): string =>
  `input ${formatShape(shape)}${vocabulary === undefined ? '' : ` vocab=${vocabulary}`}`;

/** Where the units of the last layer are written, if they are its own and not those of every instance of a `repeat`. */
function unitsOf({ prepared, flow }: LayerStep, lines: readonly PreparedLine[]): Span | undefined {
  if (flow.plan.kind !== 'dense' || !lines.includes(prepared)) return undefined;
  return prepared.arguments?.spanOf('units');
}
