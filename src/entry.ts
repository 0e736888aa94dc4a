/** What VS Code loads: it brings in the extension itself, compiled already where it has run before. */
import path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { loadBundle } from './compiledCode.ts';
import type * as extension from './extension.ts';

let loaded: typeof extension | undefined;

export function activate(context: ExtensionContext): extension.TestHandles | undefined {
  const bundle = path.join(__dirname, 'extension.cjs');
  const codeFile = path.join(context.globalStorageUri.fsPath, 'extension.code');
  const { exports, keep } = loadBundle<typeof extension>(bundle, codeFile);
  loaded = exports;
  return exports.activate(context, keep);
}

export async function deactivate(): Promise<void> {
  await loaded?.deactivate();
}
