import * as vscode from 'vscode';
import { findingPages } from '../analysis/explain.ts';
import type { Finding } from '../analysis/verdict.ts';
import type { Diagnostic, Severity } from '../language/diagnostic.ts';
import { links } from '../language/service.ts';
import { isVgnet, rangeOf, type Documents } from './documents.ts';
import { runsOfNetwork } from '../runs/latest.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { Place, Session } from '../runs/session.ts';
import { staleMark } from '../runs/words/layerWords.ts';

const source = 'vgnet';

export interface ProblemSources {
  readonly documents: Documents;
  readonly store: RunStore;
  /** The extension's folder, where the pages of rules and findings lie. */
  readonly extension: vscode.Uri;
}

/** Fills Problems: what is wrong with the text, and what the newest judged run of each network found. */
export class Problems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('vgnet');
  private readonly sources: ProblemSources;

  constructor(sources: ProblemSources) {
    this.sources = sources;
  }

  show(document: vscode.TextDocument): void {
    if (!isVgnet(document)) return;
    const { diagnostics } = this.sources.documents.check(document);
    this.collection.set(document.uri, [
      ...diagnostics.map((diagnostic) => this.ofText(document, diagnostic)),
      ...this.ofRuns(document),
    ]);
  }

  clear(document: vscode.TextDocument): void {
    this.collection.delete(document.uri);
  }

  dispose(): void {
    this.collection.dispose();
  }

  private ofText(document: vscode.TextDocument, diagnostic: Diagnostic): vscode.Diagnostic {
    const { message, severity, rule, related, unnecessary } = diagnostic;
    const shown = new vscode.Diagnostic(rangeOf(document, diagnostic), message, severityOf(severity));
    this.name(shown, rule, `docs/rules/${rule}.md`);
    shown.relatedInformation = (related ?? []).map(
      (place) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(document.uri, rangeOf(document, place)),
          place.message,
        ),
    );
    if (unnecessary === true) shown.tags = [vscode.DiagnosticTag.Unnecessary];
    return shown;
  }

  private ofRuns(document: vscode.TextDocument): vscode.Diagnostic[] {
    const sessions = this.sources.store.of(document.uri.toString());
    const lineAt = (at: number): number => document.positionAt(at).line;
    return this.sources.documents.check(document).networks.flatMap(({ header }) => {
      const { judged, newest } = runsOfNetwork(sessions, lineAt(header.from), lineAt);
      return [
        ...(judged === undefined ? [] : this.ofFindings(document, judged)),
        ...(newest === undefined ? [] : this.ofNotes(document, newest)),
        ...(newest?.failure === undefined ? [] : this.ofFailure(document, newest)),
      ];
    });
  }

  private ofFindings(document: vscode.TextDocument, session: Session): vscode.Diagnostic[] {
    return session.findings.flatMap((finding) => {
      if (finding.severity === 'information') return [];
      const [first, ...others] = placesOf(document, session, finding);
      if (first === undefined) return [];
      const message = `${finding.message}${staleMark(session)}`;
      const shown = new vscode.Diagnostic(first.range, message, severityOf(finding.severity));
      this.name(shown, finding.id, findingPages[finding.id]);
      shown.relatedInformation = others.map(
        ({ name, range }) =>
          new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, range), name),
      );
      return [shown];
    });
  }

  /** What the data made worth knowing, at the network's data while the text is the one that was analyzed. */
  private ofNotes(document: vscode.TextDocument, session: Session): vscode.Diagnostic[] {
    if (session.stale) return [];
    const line = document.lineAt(session.network.data.line - 1);
    return session.notes.map((note) => {
      const shown = new vscode.Diagnostic(line.range, note, vscode.DiagnosticSeverity.Information);
      this.name(shown, 'data-note');
      return shown;
    });
  }

  /** A run that failed on its data or its plan: an error where the text says so. */
  private ofFailure(document: vscode.TextDocument, session: Session): vscode.Diagnostic[] {
    const { failure } = session;
    const range = failure === undefined ? undefined : failureRange(this.sources.documents, document, session);
    if (failure === undefined || range === undefined || failure.rule === 'internal' || session.stale)
      return [];
    const shown = new vscode.Diagnostic(range, failure.message, vscode.DiagnosticSeverity.Error);
    this.name(shown, failure.rule, `docs/rules/${failure.rule}.md`);
    return [shown];
  }

  /** Names the rule or finding, with a link to the page that explains it. */
  private name(shown: vscode.Diagnostic, id: string, page?: string): void {
    shown.source = source;
    const [path = '', fragment = ''] = page?.split('#') ?? [];
    const target = vscode.Uri.joinPath(this.sources.extension, path).with({ fragment });
    shown.code = page === undefined ? id : { value: id, target };
  }
}

/**
 * Where a failed run's message belongs. If the text is still the one that was analyzed: the path that the message is about,
 * else the line that it names. After an edit the network.
 */
export function failureRange(
  documents: Documents,
  document: vscode.TextDocument,
  session: Session,
): vscode.Range | undefined {
  const { failure, stale } = session;
  if (failure !== undefined && !stale && failure.line <= document.lineCount) {
    const paths = links(documents.check(document))
      .filter(({ path: named }) => failure.message.includes(`"${named}"`))
      .map(({ span }) => rangeOf(document, span));
    // Settings of the file may stand in front of the network.
    const path = paths.find(({ start }) => start.line >= failure.line - 1) ?? paths.at(-1);
    if (path !== undefined) return path;
    const line = document.lineAt(failure.line - 1);
    if (!line.isEmptyOrWhitespace)
      return new vscode.Range(
        line.lineNumber,
        line.firstNonWhitespaceCharacterIndex,
        line.lineNumber,
        line.text.length,
      );
  }
  const header = session.anchors.get('network');
  return header === undefined ? undefined : rangeOf(document, header);
}

/** The lines that a finding is about, each once, named by the first of their layers; the network's header where it names none. */
function placesOf(
  document: vscode.TextDocument,
  session: Session,
  finding: Finding,
): { name: string; range: vscode.Range }[] {
  const places = new Map<Place, string>();
  for (const name of finding.layers) {
    const layer = session.network.layers.find((candidate) => candidate.name === name);
    const place: Place | undefined = layer && `layer ${layer.line}`;
    if (place !== undefined && !places.has(place)) places.set(place, name);
  }
  if (places.size === 0) places.set('network', session.network.name);
  return [...places].flatMap(([place, name]) => {
    const span = session.anchors.get(place);
    if (span === undefined) return [];
    const range = rangeOf(document, span);
    const end = range.isSingleLine ? range.end : document.lineAt(range.start.line).range.end;
    return [{ name, range: new vscode.Range(range.start, end) }];
  });
}

function severityOf(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'information':
      return vscode.DiagnosticSeverity.Information;
    default:
      throw new Error(`Unknown severity ${JSON.stringify(severity satisfies never)}`);
  }
}
