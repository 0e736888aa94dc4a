import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * The page of the gradient view, with its script and its style sheet inside: what a page has to fetch goes from the page
 * to its service worker, the window, this process and back, and nothing is drawn meanwhile.
 */
export function pageHtml(extension: vscode.Uri): string {
  const nonce = randomBytes(24).toString('base64url');
  const content = (file: string): string =>
    readFileSync(vscode.Uri.joinPath(extension, 'dist', file).fsPath, 'utf8');
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    // Icons are data in the style sheet.
    'img-src data:',
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<style nonce="${nonce}">${content('webview.css')}</style>
<title>${vscode.l10n.t('Gradients')}</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}">${content('webview.js')}</script>
</body>
</html>`;
}
