import * as vscode from 'vscode';
import type { TriedFix } from '../../runs/tryouts.ts';
import type { FixItem, FixList } from '../../runs/words/fixList.ts';
import { rangeOf } from '../documents.ts';

/** What was chosen, and whether its run is to be laid over the one before. */
export interface FixChoice {
  readonly fix: TriedFix;
  readonly compares: boolean;
}

interface PickedItem extends vscode.QuickPickItem {
  readonly item?: FixItem;
}

/** Lets a person choose from the ranking; the text shows what the fix under the cursor would write. */
export async function chooseFix(
  document: vscode.TextDocument,
  list: FixList,
): Promise<FixChoice | undefined> {
  const preview = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('diffEditor.removedTextBackground'),
    after: { color: new vscode.ThemeColor('editorGhostText.foreground'), margin: '0 0 0 0.5ch' },
  });
  const picker = vscode.window.createQuickPick<PickedItem>();
  const compare: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('graph-line'),
    tooltip: vscode.l10n.t('Apply, and lay before and after over each other in the gradient view'),
  };
  const [fixes, asItIs] = [list.items.slice(0, -1), list.items.slice(-1)];
  picker.title = list.title;
  picker.placeholder = list.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = [
    ...fixes.map((item) => ({ ...shown(item), buttons: [compare] })),
    { label: vscode.l10n.t('for comparison'), kind: vscode.QuickPickItemKind.Separator },
    ...asItIs.map(shown),
  ];
  try {
    return await new Promise<FixChoice | undefined>((resolve) => {
      const choose = (item: FixItem | undefined, compares: boolean): void => {
        resolve(item?.fix && { fix: item.fix, compares });
        picker.hide();
      };
      picker.onDidChangeActive(([active]) => showPreview(document, preview, active?.item?.fix));
      picker.onDidAccept(() => choose(picker.selectedItems[0]?.item, false));
      picker.onDidTriggerItemButton(({ item }) => choose(item.item, true));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
    preview.dispose();
  }
}

function shown(item: FixItem): PickedItem {
  const { label, description, detail } = item;
  return { label, description, detail, item };
}

/** Marks what a fix would take away, with what it would write behind it. */
function showPreview(
  document: vscode.TextDocument,
  preview: vscode.TextEditorDecorationType,
  fix: TriedFix | undefined,
): void {
  const edits = fix?.candidate.edits ?? [];
  const marks = edits.map((edit): vscode.DecorationOptions => {
    const contentText = edit.replacement.replaceAll(/\s+/g, ' ').trim();
    return { range: rangeOf(document, edit), renderOptions: { after: { contentText } } };
  });
  const [first] = marks;
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document !== document) continue;
    editor.setDecorations(preview, marks);
    if (first) editor.revealRange(first.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
