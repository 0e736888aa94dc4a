import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, eventually, hover, open, openSaved, workspaceFile } from './editor.ts';
import { sigmoidAndRelu } from './networks.ts';

/** The place behind the first `text`. */
function behind(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `the text has ${JSON.stringify(text)}`);
  return document.positionAt(at + text.length);
}

function ask<Answer>(command: string, document: vscode.TextDocument, ...rest: unknown[]): Thenable<Answer> {
  return vscode.commands.executeCommand<Answer>(`vscode.${command}`, document.uri, ...rest);
}

async function proposals(
  document: vscode.TextDocument,
  text: string,
  triggerCharacter?: string,
): Promise<string[]> {
  const list = await ask<vscode.CompletionList>(
    'executeCompletionItemProvider',
    document,
    behind(document, text),
    triggerCharacter,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('while one writes, the editor', () => {
  afterEach(closeAll);

  it('proposes what fits, with documentation', async () => {
    const { document } = await open(sigmoidAndRelu);
    const shown = await proposals(document, 'dense 16 ');
    assert.ok(shown.includes('sigmoid') && shown.includes('relu'), shown.join());
    assert.ok(!shown.includes('moons'), shown.join());
  });

  it('proposes behind a space what has to follow, and nothing where the line may end', async () => {
    const { document } = await open(
      sigmoidAndRelu.replace('output: dense 1', 'output: dense 1\n  add \n  last: '),
    );
    const after = (text: string): Promise<string[]> => proposals(document, text, ' ');
    assert.deepEqual(await after('add '), ['hidden', 'output']);
    assert.ok((await after('last: ')).includes('dense'));
    assert.ok((await after('loss      = ')).includes('bce_with_logits'));
    assert.ok((await after('data ')).includes('moons'));
    assert.deepEqual(await after('dense 16 '), []);
    assert.deepEqual(await after('repeat '), []);
    assert.deepEqual(await after('{\n  '), []);
  });

  it('proposes files beside the document, and the columns of a CSV file', async () => {
    await vscode.workspace.fs.writeFile(
      workspaceFile('points.csv'),
      Buffer.from('x,y,label\n1,2,0\n3,4,1\n'),
    );
    const { document } = await openSaved(
      'columns.vgnet',
      'network n {\n  input 2\n  dense 1\n}\ndata csv { path = "points.csv", target = label }\n',
    );
    assert.ok((await proposals(document, 'path = "')).includes('points.csv'));
    const columns = await eventually(
      () => proposals(document, 'target = '),
      (labels) => labels.includes('label'),
    );
    assert.ok(columns.includes('x') && columns.includes('y'), columns.join());
  });

  it('explains a word of the language', async () => {
    const { document } = await open(sigmoidAndRelu);
    // The derivative of the logistic function is largest at 0: 1/4.
    assert.match(await hover(document, 'sigmoid init'), /0\.25/);
  });

  it('says what another activation would do to the first layer', async () => {
    const { document } = await open(sigmoidAndRelu);
    const shown = await eventually(
      () => hover(document, 'sigmoid init'),
      (text) => text.includes('In its place'),
    );
    assert.match(shown, /`\w+ \+ \w+`: 0\.\d+, [\d,]+ times more/);
  });

  it('shows the arguments of a call', async () => {
    const { document } = await open(sigmoidAndRelu);
    const help = await ask<vscode.SignatureHelp>(
      'executeSignatureHelpProvider',
      document,
      behind(document, 'sgd('),
    );
    assert.match(help.signatures[0]?.label ?? '', /^sgd\(.*lr=/);
  });

  it('finds, lights up and renames names', async () => {
    const text = `let width = 16\n${sigmoidAndRelu.replaceAll('dense 16', 'dense width')}`;
    const { document } = await open(text);
    const use = behind(document, 'dense wid');
    const [definition] = await ask<vscode.Location[]>('executeDefinitionProvider', document, use);
    assert.equal(definition?.range.start.line, 0);
    const references = await ask<vscode.Location[]>('executeReferenceProvider', document, use);
    assert.equal(references.length, 3);
    const highlights = await ask<vscode.DocumentHighlight[]>('executeDocumentHighlights', document, use);
    assert.equal(highlights.length, 3);
    const edit = await ask<vscode.WorkspaceEdit>('executeDocumentRenameProvider', document, use, 'units');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(document.getText(), text.replaceAll('width', 'units'));
  });

  it('outlines, folds and selects by structure', async () => {
    const { document } = await open(sigmoidAndRelu);
    const symbols = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', document);
    assert.deepEqual(symbols.map(({ name }) => name).slice(0, 2), ['deep_sigmoid', 'deep_relu']);
    assert.ok(symbols[0]?.children.some(({ name }) => name === 'hidden'));
    const folding = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', document);
    assert.ok(folding.some(({ start, end }) => start === 0 && end === 3));
    const [selection] = await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', document, [
      behind(document, 'sigm'),
    ]);
    assert.ok(selection);
    assert.equal(document.getText(selection.range), 'sigmoid');
    assert.ok(selection.parent?.range.contains(selection.range));
  });

  it('shows shapes and parameter counts behind layers', async () => {
    const { document } = await open(sigmoidAndRelu);
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await ask<vscode.InlayHint[]>('executeInlayHintProvider', document, everything);
    const labels = hints.map(({ label }) =>
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    );
    // 16 weights and a bias.
    assert.ok(
      labels.some((label) => /→ 1 · 17 parameters/.test(label)),
      labels.join(),
    );
  });

  it('colours by meaning', async () => {
    const { document } = await open(sigmoidAndRelu);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const tokens = await ask<vscode.SemanticTokens>('provideDocumentRangeSemanticTokens', document, whole);
    assert.ok(tokens.data.length > 0);
  });

  it('formats with edits that change nothing but spaces', async () => {
    const messy = sigmoidAndRelu.replace('  input 2', '      input    2');
    const { document } = await open(messy);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await ask<vscode.TextEdit[]>('executeFormatDocumentProvider', document, options);
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(document.getText().includes('\n  input 2\n'));
    assert.equal(document.getText().replaceAll(/\s/g, ''), messy.replaceAll(/\s/g, ''));
  });

  it('puts a block in order as its closing bracket is typed, and nothing else', async () => {
    const before = 'network n {\n  input    2\n}\n';
    const after = '\n\n\n\ndata   moons { }\n';
    const { document } = await open(`${before}train{\nloss=mse\n    steps = 5\n}${after}`);
    const edits = await ask<vscode.TextEdit[]>(
      'executeFormatOnTypeProvider',
      document,
      behind(document, 'steps = 5\n}'),
      '}',
      { tabSize: 2, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const ordered = 'train {\n  loss = mse\n  steps = 5\n}';
    assert.equal(document.getText(), `${before}${ordered}${after}`);
  });

  it('mends a misspelt word', async () => {
    const { document } = await open(sigmoidAndRelu.replace('dense 16 sigmoid', 'dense 16 sigmiod'));
    const [problem] = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.length > 0,
    );
    assert.ok(problem);
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', document, problem.range);
    const fix = actions.find(({ isPreferred, edit }) => isPreferred === true && edit !== undefined);
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.getText(), sigmoidAndRelu);
  });

  it('leads from a path to its file', async () => {
    const { document } = await openSaved(
      'links.vgnet',
      'network n { input 2\n dense 1 }\ndata csv { path = "points.csv", target = label }\n',
    );
    const [link] = await ask<vscode.DocumentLink[]>('executeLinkProvider', document);
    assert.equal(link?.target?.path, workspaceFile('points.csv').path);
  });
});
