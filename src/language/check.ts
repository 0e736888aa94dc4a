import type { Tree, TreeFragment } from '@lezer/common';
import { advise } from './advise.ts';
import { DiagnosticList, lineFinder, type CheckContext } from './checking/context.ts';
import { readBlocks } from './checking/fileSettings.ts';
import { Lets } from './checking/lets.ts';
import { checkNetwork, type DataFactsSource, type NetworkAnalysis } from './checking/network.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { NetworkOutcome } from './network.ts';
import { parse, type ParsedFile } from './parse.ts';
import type { FileSyntax, NetworkStatement, SettingsBlock, Span } from './syntax.ts';

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
}

/** Checks any text; never throws. `dataFacts` knows the files that the text names, as far as they can be read. */
export function check(
  text: string,
  dataFacts?: DataFactsSource,
  fragments?: readonly TreeFragment[],
): CheckedFile {
  return checkParsed(text, parse(text, fragments), dataFacts);
}

function checkParsed(
  text: string,
  { tree, syntax, diagnostics: syntaxErrors }: ParsedFile,
  dataFacts?: DataFactsSource,
): CheckedFile {
  const diagnostics = new DiagnosticList();
  const context: CheckContext = {
    text,
    diagnostics,
    lets: new Lets(syntax, diagnostics),
    lineOf: lineFinder(text),
    hasSyntaxError: (span) => syntaxErrors.some((error) => error.from < span.to && error.to > span.from),
  };
  const settings = syntax.statements.filter(isSettings);
  const networks = uniqueNetworks(syntax, diagnostics);
  const blocks = readBlocks(context, settings, 'file');
  const analyses = networks.map((statement) =>
    checkNetwork(context, statement, blocks, dataFacts ?? (() => undefined)),
  );
  advise(context, analyses);
  return {
    text,
    tree,
    syntax,
    diagnostics: [...syntaxErrors, ...diagnostics.all].sort(byPlace),
    networks: analyses.map((analysis) => outcomeOf(context, analysis)),
    analyses,
    lets: context.lets.all,
  };
}

const isSettings = (statement: FileSyntax['statements'][number]): statement is SettingsBlock =>
  statement.type !== 'let' && statement.type !== 'network';

const byPlace = (a: Span, b: Span): number => a.from - b.from || a.to - b.to;

/** The networks that have a name; of several with one name all are checked, but only the first counts as it. */
function uniqueNetworks(syntax: FileSyntax, diagnostics: DiagnosticList): NetworkStatement[] {
  const firsts = new Map<string, NetworkStatement>();
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
    });
    return false;
  });
}

function outcomeOf(context: CheckContext, { statement, network }: NetworkAnalysis): NetworkOutcome {
  const { name, keyword, from, to } = statement;
  return {
    name: name!.text,
    line: context.lineOf(from),
    span: { from, to },
    header: { from: keyword.from, to: name!.to },
    network,
  };
}
