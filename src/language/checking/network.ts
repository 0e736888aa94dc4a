/** One network: its lines, what flows through them, and whether data and loss belong to it. */
import { analyze as analyzeEntry } from '../catalogue/settings.ts';
import { largestNetwork } from '../catalogue/layers.ts';
import { dataUse, type DataFactsSource } from '../dataFacts.ts';
import { input as inputEntry } from '../catalogue/structure.ts';
import { nearestWord } from '../nearest.ts';
import type { Fix } from '../diagnostic.ts';
import { insertBehind } from '../edit/statements.ts';
import type { NetworkInput } from '../network.ts';
import { unroll } from '../shapes.ts';
import type { NetworkStatement, SettingsBlock, Span } from '../syntax.ts';
import { PlacedAnalysis, type NetworkAnalysis } from './analysis.ts';
import type { CheckContext } from './context.ts';
import { dataSettingsOf } from './dataSettings.ts';
import { checkFit } from './ends.ts';
import { readBlocks, type SettingsBlocks } from './fileSettings.ts';
import { KnownLayers } from '../incremental/knownLayers.ts';
import { anyInput } from './guesses.ts';
import { LineReader } from './layerLines.ts';
import { lineWords } from './unknownKind.ts';
import {
  largestLine,
  sizeOf,
  type PreparedBlock,
  type PreparedLine,
  type PreparedRepeat,
} from './preparedLines.ts';
import { replaceBy } from './replacement.ts';
import { dataSuggestion, reportMissing, trainSuggestion, usualLoss } from './missingBlocks.ts';
import { formatNumber } from './ranges.ts';
import { ResolvedArguments } from './resolved.ts';
import { headOf, mergeSettings, type MergedSettings, type SettingsOutcome } from './settings.ts';
import type { LayerStep } from './steps.ts';
import { analyzeSettingsOf, checkAnalyze, checkTrain, trainSettingsOf } from './trainSettings.ts';

/** What the next check of the network can take over. */
export interface NetworkSteps {
  readonly block: PreparedBlock | undefined;
  readonly steps: readonly LayerStep[];
}

/** An analysis with what it was made from, for those who look closer while the check is under way. */
export interface DetailedAnalysis {
  readonly analysis: NetworkAnalysis;
  readonly block: PreparedBlock | undefined;
  readonly steps: readonly LayerStep[];
  readonly remembered: NetworkSteps;
  readonly trainArguments: ResolvedArguments | undefined;
  readonly dataArguments: ResolvedArguments | undefined;
  /** What is known of the files of its data. */
  readonly fileFacts: ReturnType<DataFactsSource>;
}

/** Checks one network against itself and the file's settings. */
export function checkNetwork(
  context: CheckContext,
  statement: NetworkStatement,
  file: SettingsBlocks,
  factsOf: DataFactsSource,
  before?: NetworkSteps,
): DetailedAnalysis {
  const name = statement.name ?? { text: '', from: statement.keyword.from, to: statement.keyword.to };
  const header = { from: statement.keyword.from, to: name.to };
  const own = readBlocks(context, settingsIn(statement), 'network');
  const block = statement.block && new LineReader(context, statement.block).read(before?.block);
  const sized = block !== undefined && checkSize(context, block, header);
  const input = block && readInput(context, statement, block, header);
  const known = new KnownLayers(before?.steps, (block?.size ?? 0) - (before?.block?.size ?? 0));
  const unrolled = block && sized ? unroll(context, block, input ?? anyInput, known) : undefined;
  const outputShape = unrolled?.output?.shape;

  const dataMerged = effective(context, 'data', file, own);
  const analyze = isMissing('analyze', file, own)
    ? analyzeDefaults
    : effective(context, 'analyze', file, own)?.arguments;
  const analyzeSound = analyze !== undefined && checkAnalyze(context, analyze);
  const data =
    dataMerged && block
      ? dataSettingsOf(dataMerged.arguments, input ?? anyInput, placeOf(context, headOf(dataMerged.block)))
      : undefined;
  const usual = (): ReadonlyMap<string, string> => new Map([['loss', usualLoss(outputShape, data)]]);
  const trainMerged = effective(context, 'train', file, own, usual);
  const train = trainMerged && trainSettingsOf(trainMerged.arguments);
  const trainSound = trainMerged !== undefined && checkTrain(context, trainMerged.arguments);
  if (isMissing('data', file, own)) reportMissing(context, header, statement, dataSuggestion(input));
  if (isMissing('train', file, own))
    reportMissing(context, header, statement, trainSuggestion(outputShape, data));
  const steps = unrolled?.steps ?? [];
  const fileFacts =
    data && 'path' in data ? factsOf(data.path, data, dataUse(train, outputShape)) : undefined;
  const fits =
    data !== undefined &&
    dataMerged !== undefined &&
    input !== undefined &&
    checkFit(context, {
      data,
      train,
      input,
      outputShape,
      last: steps.at(-1),
      lines: block?.lines ?? [],
      fileFacts,
      dataHead: headOf(dataMerged.block),
      dataArguments: dataMerged.arguments,
    });
  const sound =
    block?.ok === true &&
    sized &&
    trainSound &&
    analyzeSound &&
    fits &&
    !context.hasSyntaxError(statement) &&
    statement.name !== undefined;
  const checked =
    sound && unrolled?.whole && input && train && outputShape && analyze
      ? {
          name: name.text,
          line: context.lineOf(statement.from),
          span: { from: statement.from, to: statement.to },
          input,
          outputShape,
          parameters: steps.reduce((sum, { flow }) => sum + flow.plan.parameters, 0),
          data,
          train,
          analyze: analyzeSettingsOf(analyze),
        }
      : undefined;
  const analysis = new PlacedAnalysis({
    statement,
    input,
    steps,
    guessed: unrolled?.guessed ?? new Map(),
    ended: unrolled?.ended ?? false,
    outputShape,
    data,
    train,
    dataFacts: fileFacts && 'samples' in fileFacts ? fileFacts : undefined,
    checked,
  });
  return {
    analysis,
    block,
    steps,
    remembered: { block, steps: unrolled?.remembered ?? before?.steps ?? [] },
    trainArguments: trainMerged?.arguments,
    dataArguments: dataMerged?.arguments,
    fileFacts,
  };
}

const analyzeDefaults = new ResolvedArguments(analyzeEntry, new Map());

const settingsIn = ({ block }: NetworkStatement): SettingsBlock[] =>
  (block?.lines ?? []).filter((line) => line.type !== 'layer');

function placeOf(context: CheckContext, span: Span): { line: number; span: Span } {
  return { line: context.lineOf(span.from), span };
}

/** Refuses what would be too large to unroll, before it is unrolled. */
function checkSize(context: CheckContext, { lines, size }: PreparedBlock, header: Span): boolean {
  if (size <= largestNetwork) return true;
  const message = `This network would have ${formatNumber(size)} layers; the limit is ${formatNumber(largestNetwork)}.`;
  const largest = largestLine(lines);
  const count = largest?.type === 'repeat' ? largest.line.positional[0] : undefined;
  const place = count ?? largest?.line.kind ?? header;
  context.diagnostics.add('too-large', place, message, {
    fixes: count && largest?.type === 'repeat' ? fewer(largest, count, size) : [],
  });
  return false;
}

/** Whether the first line may be the input under another name, which was reported. */
function isMisspelt(first: PreparedLine | undefined): boolean {
  return first?.type === 'unknown' && nearestWord(first.line.kind.text, [...lineWords]) === inputEntry.name;
}

/** As many instances as there is room for. */
function fewer(line: PreparedRepeat, count: Span, size: number): Fix[] {
  const others = size - sizeOf([line]);
  const most = Math.floor((largestNetwork - others) / sizeOf(line.body));
  return most >= 1 ? [replaceBy(count, String(most))] : [];
}

function readInput(
  context: CheckContext,
  { block: syntax, name }: NetworkStatement,
  { input, lines }: PreparedBlock,
  header: Span,
): NetworkInput | undefined {
  const what = name ? `network ${name.text}` : 'This network';
  if (lines.length === 0 && syntax && !context.hasSyntaxError(syntax))
    context.diagnostics.add(
      'empty',
      header,
      `\`${what}\` has no layers: expected some behind its \`input\`, such as \`dense 1\`.`,
      input && {
        fixes: [{ title: 'Insert `dense 1`', edits: [insertBehind(context.text, input.line, 'dense 1')] }],
      },
    );
  if (!input) {
    if (!syntax || context.hasSyntaxError(syntax) || isMisspelt(lines[0])) return undefined;
    const edits = [{ from: syntax.from + 1, to: syntax.from + 1, replacement: '\n  input 2' }];
    const message = `\`${what}\` has no \`input\`: expected the shape of a sample in its first line, as in \`input 2\`.`;
    context.diagnostics.add('missing-input', header, message, {
      fixes: [{ title: 'Insert `input 2`', edits }],
    });
    return undefined;
  }
  if (!input.arguments) return undefined;
  return {
    shape: input.arguments.sizes('shape')!,
    vocabulary: input.arguments.value('vocab') ? input.arguments.integer('vocab') : undefined,
    ...placeOf(context, { from: input.line.from, to: input.line.to }),
  };
}

type BlockType = 'data' | 'train' | 'analyze';

const isMissing = (type: BlockType, file: SettingsBlocks, own: SettingsBlocks): boolean =>
  !file[type] && !own[type] && !file.broken.has(type) && !own.broken.has(type);

/** The settings that count: the file's with the network's own over them; undefined where they are wrong or missing. */
function effective(
  context: CheckContext,
  type: BlockType,
  file: SettingsBlocks,
  own: SettingsBlocks,
  usual?: () => ReadonlyMap<string, string>,
): MergedSettings | undefined {
  if (own.broken.has(type) || (!own[type] && file.broken.has(type))) return undefined;
  if (!own[type] && !file[type]) return undefined;
  const result = mergeSettings(context, file[type], own[type], usual);
  const isBroken = (settings: SettingsOutcome | undefined): boolean =>
    settings !== undefined && context.hasSyntaxError(settings.block);
  return isBroken(file[type]) || isBroken(own[type]) ? undefined : result;
}
