import * as vscode from 'vscode';
import { signatureAt } from '../../language/service.ts';
import type { Documents } from '../documents.ts';

export const signatureTriggers = ['(', ',', ' '];

/** The arguments of the call or line that is being written. */
export class SignatureProvider implements vscode.SignatureHelpProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideSignatureHelp(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.SignatureHelp | undefined {
    const found = signatureAt(this.documents.check(document), document.offsetAt(position));
    if (found === undefined) return undefined;
    const signature = new vscode.SignatureInformation(found.label, new vscode.MarkdownString(found.markdown));
    signature.parameters = found.parameters.map(
      ({ label, markdown }) => new vscode.ParameterInformation(label, new vscode.MarkdownString(markdown)),
    );
    const help = new vscode.SignatureHelp();
    help.signatures = [signature];
    help.activeSignature = 0;
    // A number beyond the last parameter highlights none.
    help.activeParameter = found.active < 0 ? found.parameters.length : found.active;
    return help;
  }
}
