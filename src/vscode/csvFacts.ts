import * as vscode from 'vscode';
import type { DataFacts } from '../language/dataFacts.ts';
import type { CheckedNetwork, DataSettings } from '../language/network.ts';
import { links, type CheckedFile } from '../language/service.ts';
import { resolvePath, type DataFiles } from './files.ts';

/** A larger file is only looked at when a run needs it. */
const largestFile = 5_000_000;

/** What is known of one file under one set of settings. */
interface Known {
  readonly bytes: Uint8Array;
  readonly facts: DataFacts | undefined;
}

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
  of(document: vscode.Uri): (path: string, settings: DataSettings) => DataFacts | undefined {
    return (path, settings) => this.known.get(factsKey(document, path, settings))?.facts;
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
    const networks = file.networks.flatMap(({ network }) => network ?? []);
    const news: boolean[] = [];
    for (const path of paths) news.push(await this.lookAtHeader(resolvePath(document, path)));
    for (const network of networks) news.push(await this.lookAtData(document, network));
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

  private async lookAtData(document: vscode.Uri, network: CheckedNetwork): Promise<boolean> {
    const { data, input, outputShape, train } = network;
    if (data.kind !== 'csv') return false;
    const files = await this.files.read(document, network);
    const bytes = files.get(data.path);
    const key = factsKey(document, data.path, data);
    if (bytes === undefined || bytes.length > largestFile) return this.known.delete(key);
    if (this.known.get(key)?.bytes === bytes) return false;
    const { describeData } = await import('../engine/data/inspect.ts');
    const described = describeData(data, files, input, { loss: train.loss, outputShape });
    this.known.set(key, { bytes, facts: described.ok ? described.facts : undefined });
    return true;
  }
}

/** The same file can be read in several ways; where the settings stand does not matter. */
function factsKey(document: vscode.Uri, path: string, settings: DataSettings): string {
  return JSON.stringify([document.toString(), path, { ...settings, line: 0, span: 0, seed: 0 }]);
}
