import * as vscode from 'vscode';
import { links } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';
import { resolvePath } from '../files.ts';

/** Paths of data and weights lead to the files. */
export class LinkProvider implements vscode.DocumentLinkProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return links(this.documents.check(document)).map(
      ({ span, path }) => new vscode.DocumentLink(rangeOf(document, span), resolvePath(document.uri, path)),
    );
  }
}
