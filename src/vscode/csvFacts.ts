import * as vscode from 'vscode';
import {
  dataUse,
  type DataFacts,
  type DataFactsSource,
  type DataProblem,
  type DataUse,
} from '../language/dataFacts.ts';
import type { DataSettings } from '../language/network.ts';
import { links, type CheckedFile } from '../language/service.ts';
import { resolvePath, type DataFiles } from './files.ts';

/** A larger file is only looked at when a run needs it. */
const largestFile = 5_000_000;

/** What is known of one file under one set of settings and one use. */
interface Known {
  readonly bytes: Uint8Array;
  readonly facts: DataFacts | DataProblem;
}

type Analysis = CheckedFile['analyses'][number];

interface Columns {
  readonly bytes: Uint8Array;
  readonly names: readonly string[] | undefined;
}

/** What CSV files hold, so that shapes and column names are checked and proposed while one types. */
export class CsvFacts {
  private readonly files: DataFiles;
  private readonly known = new Map<string, Known>();
  private readonly headers = new Map<string, Columns>();

  constructor(files: DataFiles) {
    this.files = files;
  }

  /** What is known of the data that this document's networks name. */
  of(document: vscode.Uri): DataFactsSource {
    return (path, settings, use) => this.known.get(factsKey(document, path, settings, use))?.facts;
  }

  /** Names in the header of a CSV file that the document names. */
  columns(document: vscode.Uri): (path: string) => readonly string[] | undefined {
    return (path) => this.headers.get(resolvePath(document, path).toString())?.names;
  }

  /** Looks at the CSV files that the text names; true if something is known now that was not before. */
  async look(document: vscode.Uri, file: CheckedFile): Promise<boolean> {
    if (!vscode.workspace.isTrusted) return false;
    const paths = links(file)
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.csv'));
    if (paths.length === 0) return false;
    const news: boolean[] = [];
    for (const path of paths) news.push(await this.lookAtHeader(resolvePath(document, path)));
    // Also of networks with an error: it may come from what the file held before.
    for (const analysis of file.analyses) news.push(await this.lookAtData(document, analysis));
    return news.includes(true);
  }

  private async lookAtHeader(uri: vscode.Uri): Promise<boolean> {
    const bytes = await this.files.readFile(uri);
    if (bytes === undefined || bytes.length > largestFile) return this.headers.delete(uri.toString());
    if (this.headers.get(uri.toString())?.bytes === bytes) return false;
    const { readCsvTable } = await import('../engine/data/inspect.ts');
    const table = readCsvTable(bytes, true);
    this.headers.set(uri.toString(), { bytes, names: table.ok ? table.columns : undefined });
    return true;
  }

  private async lookAtData(
    document: vscode.Uri,
    { data, input, train, outputShape }: Analysis,
  ): Promise<boolean> {
    if (data?.kind !== 'csv' || input === undefined) return false;
    const use = dataUse(train, outputShape);
    const bytes = await this.files.readFile(resolvePath(document, data.path));
    const key = factsKey(document, data.path, data, use);
    if (bytes === undefined || bytes.length > largestFile) return this.known.delete(key);
    if (this.known.get(key)?.bytes === bytes) return false;
    const { describeData } = await import('../engine/data/inspect.ts');
    const described = describeData(data, new Map([[data.path, bytes]]), input, use);
    this.known.set(key, { bytes, facts: described.ok ? described.facts : described.failure });
    return true;
  }
}

/** The same file can be read in several ways; where the settings stand does not matter, nor how many outputs there are. */
function factsKey(document: vscode.Uri, path: string, settings: DataSettings, use: DataUse): string {
  const { loss, outputShape } = use;
  const several = outputShape.some((size) => size > 1);
  return JSON.stringify([
    document.toString(),
    path,
    { ...settings, line: 0, span: 0, seed: 0 },
    loss,
    several,
  ]);
}
