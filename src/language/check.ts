import type { Tree } from '@lezer/common';
import { adviseOnLets, adviseOnNetwork } from './advise.ts';
import type { NetworkAnalysis } from './checking/analysis.ts';
import type { CheckContext } from './checking/context.ts';
import { DiagnosticList } from './checking/diagnosticList.ts';
import { lineFinder } from './checking/lineFinder.ts';
import { readBlocks, type SettingsBlocks } from './checking/fileSettings.ts';
import { Lets } from './checking/lets.ts';
import { checkNetwork, type NetworkSteps } from './checking/network.ts';
import { renumber } from './checking/replacement.ts';
import { dataUse, type DataFactsSource } from './dataFacts.ts';
import type { Diagnostic } from './diagnostic.ts';
import { differenceOf, moveDiagnostic, moved, type Difference } from './incremental/difference.ts';
import { relocate } from './incremental/relocate.ts';
import { shifted } from './incremental/shift.ts';
import type { CheckedNetwork, NetworkOutcome } from './network.ts';
import { parse, type ParsedFile } from './parse.ts';
import type { FileSyntax, Name, NetworkStatement, SettingsBlock, Span } from './syntax.ts';

/** What a text means: findings about it, and the networks that can be trained. */
export interface CheckedFile {
  readonly text: string;
  readonly tree: Tree;
  readonly syntax: FileSyntax;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every network with a name, in the order of the text. */
  readonly networks: readonly NetworkOutcome[];
  /** For each of `networks` what is known of it, complete or not. */
  readonly analyses: readonly NetworkAnalysis[];
  /** Every `let` with the names that refer to it. */
  readonly lets: Lets['all'];
  /** What the next check can take over. */
  readonly memory: CheckMemory;
}

/** What a check remembers for the next one. */
interface CheckMemory {
  readonly parsed: ParsedFile;
  /** Everything outside of networks as it is written: networks depend on nothing else of the file. */
  readonly surroundings: string;
  readonly networks: ReadonlyMap<NetworkStatement, NetworkMemory>;
}

interface NetworkMemory {
  readonly analysis: NetworkAnalysis;
  /** What was known of the files of its data, which may change without the text. */
  readonly fileFacts: ReturnType<DataFactsSource>;
  readonly findings: readonly Diagnostic[];
  /** Names in it that may be those of a `let`. */
  readonly names: readonly Name[];
  readonly steps: NetworkSteps;
}

/**
 * Checks any text; never throws. `dataFacts` knows the files that the text names, as far as they can be read. With the
 * check of an earlier version as `previous`, what an edit has left alone is not looked at again.
 */
export function check(text: string, dataFacts?: DataFactsSource, previous?: CheckedFile): CheckedFile {
  const difference = previous && differenceOf(previous.text, text);
  const parsed = parse(text, previous && difference && { parsed: previous.memory.parsed, difference });
  const { tree, syntax, diagnostics: syntaxErrors } = parsed;
  const diagnostics = new DiagnosticList();
  const context: CheckContext = {
    text,
    diagnostics,
    lets: new Lets(text, syntax, diagnostics),
    lineOf: lineFinder(text),
    hasSyntaxError: (span) => syntaxErrors.some((error) => error.from < span.to && error.to > span.from),
  };
  const blocks = readBlocks(context, syntax.statements.filter(isSettings), 'file');
  const factsOf = dataFacts ?? (() => undefined);
  const surroundings = surroundingsOf(context, syntax);
  const networks = uniqueNetworks(syntax, diagnostics);
  const before = new Map<string, NetworkSteps>();
  for (const { analysis, steps } of previous?.memory.networks.values() ?? [])
    before.set(analysis.statement.name!.text, steps);
  const memories = networks.map((statement) => {
    const known =
      previous && difference && surroundings === previous.memory.surroundings
        ? recall(previous.memory, parsed, statement, difference, factsOf)
        : undefined;
    const memory = known ?? examine(context, statement, blocks, factsOf, before.get(statement.name!.text));
    if (known) context.lets.lookUpAgain(known.names);
    diagnostics.include(memory.findings);
    return memory;
  });
  adviseOnLets(context);
  const analyses = memories.map(({ analysis }) => analysis);
  return {
    text,
    tree,
    syntax,
    diagnostics: [...syntaxErrors, ...diagnostics.all].sort(byPlace),
    networks: analyses.map((analysis) => new Outcome(context.lineOf(analysis.statement.from), analysis)),
    analyses,
    lets: context.lets.all,
    memory: {
      parsed,
      surroundings,
      networks: new Map(memories.map((memory) => [memory.analysis.statement, memory])),
    },
  };
}

/** Checks a network anew. */
function examine(
  context: CheckContext,
  statement: NetworkStatement,
  blocks: SettingsBlocks,
  factsOf: DataFactsSource,
  before: NetworkSteps | undefined,
): NetworkMemory {
  const own = { ...context, diagnostics: new DiagnosticList(), network: statement };
  const { result, names } = context.lets.recording(statement, () => {
    const found = checkNetwork(own, statement, blocks, factsOf, before);
    adviseOnNetwork(own, found);
    return found;
  });
  const { analysis, remembered, fileFacts } = result;
  return {
    analysis,
    fileFacts,
    findings: own.diagnostics.all,
    names,
    steps: remembered,
  };
}

/** What is known of a network that an edit has left alone, in its new place; undefined where it has to be checked again. */
function recall(
  memory: CheckMemory,
  { reused }: ParsedFile,
  statement: NetworkStatement,
  difference: Difference,
  factsOf: DataFactsSource,
): NetworkMemory | undefined {
  const earlier = reused.get(statement);
  const known = earlier?.type === 'network' ? memory.networks.get(earlier) : undefined;
  if (!known) return undefined;
  const { fileFacts, analysis } = known;
  if (JSON.stringify(fileFactsOf(factsOf, analysis)) !== JSON.stringify(fileFacts)) return undefined;
  if (difference.oldTo === difference.newTo && difference.lines === 0) return known;
  return {
    analysis: relocate(analysis, statement, difference),
    fileFacts,
    steps: known.steps,
    findings: known.findings.map((finding) => moveDiagnostic(difference, finding)),
    names: known.names.map((name) => shifted(name, moved(difference, name.from))),
  };
}

const fileFactsOf = (
  factsOf: DataFactsSource,
  { data, train, outputShape }: NetworkAnalysis,
): ReturnType<DataFactsSource> =>
  data && 'path' in data ? factsOf(data.path, data, dataUse(train, outputShape)) : undefined;

const isSettings = (statement: FileSyntax['statements'][number]): statement is SettingsBlock =>
  statement.type !== 'let' && statement.type !== 'network';

const surroundingsOf = ({ text, hasSyntaxError }: CheckContext, { statements }: FileSyntax): string =>
  statements
    .filter(({ type }) => type !== 'network')
    // A mistake may come from what stands in front: two statements on one line.
    .map(
      (statement) => `${text.slice(statement.from, statement.to)}\n${hasSyntaxError(statement) ? '\0' : ''}`,
    )
    .join('\n\0');

const byPlace = (a: Span, b: Span): number => a.from - b.from || a.to - b.to;

/** The networks that have a name; of several with one name the first counts. */
function uniqueNetworks(syntax: FileSyntax, diagnostics: DiagnosticList): NetworkStatement[] {
  const firsts = new Map<string, NetworkStatement>();
  const names = new Set(
    syntax.statements.flatMap((statement) =>
      statement.type === 'network' ? (statement.name?.text ?? []) : [],
    ),
  );
  return syntax.statements.filter((statement): statement is NetworkStatement => {
    if (statement.type !== 'network' || !statement.name) return false;
    const { name } = statement;
    const first = firsts.get(name.text)?.name;
    if (!first) {
      firsts.set(name.text, statement);
      return true;
    }
    const related = [{ from: first.from, to: first.to, message: 'The first one.' }];
    diagnostics.add('duplicate', name, `There is another \`network ${name.text}\` in this file already.`, {
      related,
      fixes: [renumber(name, names)],
    });
    return false;
  });
}

/** A network of the file; its layers are moved to where they are when they are asked for. */
class Outcome implements NetworkOutcome {
  readonly name: string;
  readonly line: number;
  readonly span: Span;
  readonly header: Span;
  readonly trainable: boolean;
  readonly layerCount: number;
  private readonly analysis: NetworkAnalysis;

  constructor(line: number, analysis: NetworkAnalysis) {
    const { name, keyword, from, to } = analysis.statement;
    this.name = name!.text;
    this.line = line;
    this.span = { from, to };
    this.header = { from: keyword.from, to: name!.to };
    this.trainable = analysis.trainable;
    this.layerCount = analysis.layerCount;
    this.analysis = analysis;
  }

  get network(): CheckedNetwork | undefined {
    return this.analysis.network;
  }
}
