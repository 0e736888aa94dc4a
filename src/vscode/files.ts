import * as vscode from 'vscode';
import { dataFiles } from '../engine/data/dataFiles.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';

interface CachedFile {
  /** Time of change and size; another stamp is another file. */
  readonly stamp: string;
  readonly bytes: Uint8Array;
}

/** Reads what networks name, through `workspace.fs` so that it also works where the document is not on this disk. */
export class DataFiles {
  private readonly cache = new Map<string, CachedFile>();
  private readonly extension: vscode.Uri;

  constructor(extension: vscode.Uri) {
    this.extension = extension;
  }

  /** The bytes of the files that the network names, by the path as written. What cannot be found is left out: the engine says so. */
  async read(document: vscode.Uri, { data, train }: CheckedNetwork): Promise<FileContents> {
    const files = new Map<string, Uint8Array>();
    const wanted = [...dataFiles(data), ...(train.weights === undefined ? [] : [[train.weights]])];
    for (const paths of wanted) {
      for (const path of paths) {
        const bytes = await this.readFile(
          data.kind === 'digits' && path !== train.weights
            ? vscode.Uri.joinPath(this.extension, 'data', 'digits.csv.gz')
            : resolvePath(document, path),
        );
        if (bytes === undefined) continue;
        files.set(path, bytes);
        break;
      }
    }
    return files;
  }

  /** A file's bytes, read again only when it has changed; undefined where there is none. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array | undefined> {
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = `${mtime} ${size}`;
      const cached = this.cache.get(uri.toString());
      if (cached?.stamp === stamp) return cached.bytes;
      const bytes = await vscode.workspace.fs.readFile(uri);
      this.cache.set(uri.toString(), { stamp, bytes });
      return bytes;
    } catch (error) {
      if (error instanceof vscode.FileSystemError) return undefined;
      throw error;
    }
  }
}

/** Where a path in a `.vgnet` file leads: relative to the file, to the first folder for a file without a place, or absolute. */
export function resolvePath(document: vscode.Uri, path: string): vscode.Uri {
  const slashed = path.replaceAll('\\', '/');
  const isUntitled = document.scheme === 'untitled';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const absolute = /^[A-Za-z]:\//.test(slashed) ? `/${slashed}` : slashed;
  // What is not saved yet lies nowhere: the folder says on which machine, if there is one.
  if (absolute.startsWith('/'))
    return (isUntitled ? (folder ?? vscode.Uri.file(absolute)) : document).with({ path: absolute });
  return isUntitled
    ? vscode.Uri.joinPath(folder ?? document, slashed)
    : vscode.Uri.joinPath(document, '..', slashed);
}
