import * as vscode from 'vscode';
import { formatCount } from '../analysis/numbers.ts';
import { attributionSentence } from '../analysis/predict/attribution.ts';
import { depthScale, depthScaleSentence } from '../analysis/predict/depthScale.ts';
import { hover } from '../language/service.ts';
import type { Layer, NetworkOutcome } from '../language/network.ts';
import type { WhatIfChanges } from '../protocol/worker.ts';
import { whatIfList } from '../runs/words/whatIfList.ts';
import { userThresholds } from './settings.ts';
import type { Span } from '../language/syntax.ts';
import type { LensTarget } from './codeLens.ts';
import type { Documents } from './documents.ts';
import { rangeOf } from './documents.ts';
import { runsOfNetwork } from '../runs/latest.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { Session } from '../runs/session.ts';
import type { DocumentPredictions } from './predictions.ts';
import { layerHover, unmeasuredHover } from '../runs/words/layerHover.ts';
import { layersAt } from '../runs/words/layerWords.ts';

export interface HoverSources {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly predictions: DocumentPredictions;
}

/** Milliseconds that a hover may wait for predictions. */
const whatIfPatience = 800;

/** Commands that a hover's links may run. */
const linked = ['vgnet.openPanel', 'vgnet.analyze'];

/** What was measured on, or is predicted for, the layer under the pointer; and what the word there means. */
export class HoverProvider implements vscode.HoverProvider {
  private readonly sources: HoverSources;

  constructor(sources: HoverSources) {
    this.sources = sources;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const layer = this.layer(document, position);
    const word = this.word(document, position);
    if (word?.range !== undefined) word.contents.push(...(await this.instead(document, word.range)));
    if (cancellation.isCancellationRequested) return undefined;
    if (layer === undefined || word === undefined) return layer ?? word;
    // On an activation or a setting of the line the word is what the pointer asks for.
    if (word.range !== undefined && !namesLayer(document, word.range)) return word;
    return new vscode.Hover([...layer.contents, ...word.contents], layer.range);
  }

  /** On an activation or initialiser: what others in its place would do. */
  private async instead(document: vscode.TextDocument, word: vscode.Range): Promise<vscode.MarkdownString[]> {
    const { line } = word.start;
    const layer = this.sources.documents.layerAt(document, line)?.layer;
    const changes = layer && changesFor(document, word, layer);
    if (changes === undefined) return [];
    const answers = await this.sources.predictions.whatIf(document, line, changes, whatIfPatience);
    const text = whatIfList(answers, userThresholds(document.uri).explode);
    return text === undefined ? [] : [new vscode.MarkdownString(text)];
  }

  private word(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const found = hover(this.sources.documents.check(document), document.offsetAt(position));
    if (found === undefined) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(document, found.span));
  }

  private layer(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const offset = document.offsetAt(position);
    const { networks } = this.sources.documents.check(document);
    const outcome = networks.find(({ span }) => offset >= span.from && offset <= span.to);
    if (outcome === undefined) return undefined;
    if (offset <= outcome.header.to) return this.network(document, outcome);
    const sessions = this.sources.store.of(document.uri.toString());
    const line = document.positionAt(outcome.header.from).line;
    const { measured } = runsOfNetwork(sessions, line, (at) => document.positionAt(at).line);
    return (
      (measured === undefined ? undefined : this.measured(document, position, measured)) ??
      this.unmeasured(document, position, outcome)
    );
  }

  /** On the name of a network: what depth does to it. */
  private network(document: vscode.TextDocument, outcome: NetworkOutcome): vscode.Hover | undefined {
    const { network } = outcome;
    if (network === undefined) return undefined;
    const { name, layers, parameters } = network;
    const withParameters = layers.filter((layer) => layer.parameters > 0).length;
    const facts = depthScale(network);
    const text = [
      `**\`${name}\`** · ${withParameters} layers · ${formatCount(parameters)} parameters`,
      linksOf({ file: document.uri.toString(), network: name }),
      ...(facts === undefined ? [] : [depthScaleSentence(facts)]),
    ].join('\n\n');
    return new vscode.Hover(markdown(text), rangeOf(document, outcome.header));
  }

  private measured(
    document: vscode.TextDocument,
    position: vscode.Position,
    session: Session,
  ): vscode.Hover | undefined {
    const pointed = pointedPlaces(document, position, session);
    if (pointed === undefined) return undefined;
    const layers = layersAt(session, pointed.lines);
    const [first] = layers;
    if (first === undefined) return undefined;
    const target = {
      file: document.uri.toString(),
      network: session.network.name,
      layer: (layers.find(({ wrong }) => wrong) ?? first).layer.name,
      run: session.id,
    };
    return new vscode.Hover(markdown(layerHover(session, layers, linksOf(target))), pointed.range);
  }

  private unmeasured(
    document: vscode.TextDocument,
    position: vscode.Position,
    outcome: NetworkOutcome,
  ): vscode.Hover | undefined {
    const all = outcome.network?.layers ?? [];
    const here = all.filter(({ span }) => isOnFirstLine(document, position, span));
    const repeated = all.filter(
      ({ repeat }) => repeat !== undefined && isOnFirstLine(document, position, repeat.span),
    );
    const layers = (here.length > 0 ? here : repeated).filter(({ parameters }) => parameters > 0);
    const [first] = layers;
    if (first === undefined) return undefined;
    const links = linksOf({ file: document.uri.toString(), network: outcome.name });
    const predicted = this.sources.predictions.layers(document, outcome);
    const attribution =
      predicted && outcome.network && attributionSentence(outcome.network, predicted, first.name);
    return new vscode.Hover(
      markdown(unmeasuredHover(layers, predicted, links, attribution)),
      rangeOf(document, first.span),
    );
  }
}

/** The lines (of the analyzed text) whose layers the pointer is on: a layer's own, or all those of a `repeat`. */
function pointedPlaces(
  document: vscode.TextDocument,
  position: vscode.Position,
  session: Session,
): { lines: ReadonlySet<number>; range: vscode.Range } | undefined {
  for (const kind of ['layer', 'repeat'] as const) {
    for (const [place, span] of session.anchors.entries()) {
      if (!place.startsWith(kind) || !isOnFirstLine(document, position, span)) continue;
      const line = Number(place.slice(kind.length + 1));
      const lines =
        kind === 'layer'
          ? [line]
          : session.network.layers.filter(({ repeat }) => repeat?.line === line).map((layer) => layer.line);
      return { lines: new Set(lines), range: firstLineOf(document, span) };
    }
  }
  return undefined;
}

/** Which part of its layer a word chooses, if one that can be predicted. */
function changesFor(
  document: vscode.TextDocument,
  word: vscode.Range,
  layer: Layer,
): WhatIfChanges | undefined {
  const before = document.lineAt(word.start.line).text.slice(0, word.start.character);
  if (/\binit\s*=\s*$/.test(before)) return 'initialisers';
  if ('activation' in layer && layer.activation.name === document.getText(word)) return 'activations';
  return undefined;
}

/** Whether a word is a layer's label or kind: nothing but a label or an opening bracket stands before it in its statement. */
function namesLayer(document: vscode.TextDocument, word: vscode.Range): boolean {
  const before = document.lineAt(word.start.line).text.slice(0, word.start.character);
  return /(^|[{;,:])\s*$/.test(before);
}

function isOnFirstLine(document: vscode.TextDocument, position: vscode.Position, span: Span): boolean {
  return firstLineOf(document, span).contains(position);
}

/** From where the layer begins to the end of that line: a block's body has hovers of its own. */
function firstLineOf(document: vscode.TextDocument, span: Span): vscode.Range {
  const range = rangeOf(document, span);
  return range.isSingleLine
    ? range
    : new vscode.Range(range.start, document.lineAt(range.start.line).range.end);
}

function markdown(text: string): vscode.MarkdownString {
  const result = new vscode.MarkdownString(text, true);
  result.isTrusted = { enabledCommands: linked };
  return result;
}

/** What can be done about the layer. */
function linksOf(target: LensTarget): string {
  const link = (title: string, command: string): string =>
    `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([target]))})`;
  const links =
    target.run === undefined
      ? [link('$(play) Analyze gradients', 'vgnet.analyze')]
      : [link('$(graph-line) Open view', 'vgnet.openPanel'), link('$(play) Analyze again', 'vgnet.analyze')];
  return links.join(' &nbsp;·&nbsp; ');
}
