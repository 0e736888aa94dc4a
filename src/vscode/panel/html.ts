import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page of the gradient view. Nothing but addresses and a nonce is put into it. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(24).toString('base64url');
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', file)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
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
<link rel="stylesheet" href="${address('webview.css')}">
<title>${vscode.l10n.t('Gradients')}</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${address('webview.js')}"></script>
</body>
</html>`;
}
