import * as vscode from 'vscode';
import type { DataFacts } from '../language/dataFacts.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { DataFiles } from './files.ts';

/** A larger file is only looked at when a run needs it. */
const largestFile = 5_000_000;

interface Known {
  /** The settings and the bytes that the facts were made from. */
  readonly settings: string;
  readonly bytes: Uint8Array;
  readonly facts: DataFacts | undefined;
}

/** What CSV files hold, so that shapes and column names are checked against them while one types. */
export class CsvFacts {
  private readonly files: DataFiles;
  private readonly known = new Map<string, Known>();

  constructor(files: DataFiles) {
    this.files = files;
  }

  /** What is known of a path as it stands in this document. */
  of(document: vscode.Uri): (path: string) => DataFacts | undefined {
    return (path) => this.known.get(keyOf(document, path))?.facts;
  }

  /** Looks at the CSV files that the networks name; true if something is known now that was not before. */
  async look(document: vscode.Uri, networks: readonly CheckedNetwork[]): Promise<boolean> {
    if (!vscode.workspace.isTrusted) return false;
    let isNew = false;
    for (const network of networks) {
      const { data } = network;
      if (data.kind !== 'csv') continue;
      const files = await this.files.read(document, network);
      const bytes = files.get(data.path);
      if (bytes === undefined || bytes.length > largestFile) continue;
      const settings = JSON.stringify([
        { ...data, line: 0, span: 0, seed: 0 },
        network.input.shape,
        network.train.loss,
      ]);
      const key = keyOf(document, data.path);
      const known = this.known.get(key);
      if (known?.bytes === bytes && known.settings === settings) continue;
      const { describeData } = await import('../engine/data/prepare.ts');
      const use = { loss: network.train.loss, outputShape: network.outputShape };
      const described = describeData(data, files, network.input, use);
      this.known.set(key, { settings, bytes, facts: described.ok ? described.facts : undefined });
      isNew = true;
    }
    return isNew;
  }
}

function keyOf(document: vscode.Uri, path: string): string {
  return `${document.toString()} ${path}`;
}
