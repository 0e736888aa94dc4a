import * as vscode from 'vscode';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { LensProvider } from './codeLens.ts';
import type { Commands } from './commands.ts';
import { isVgnet } from './documents.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { DocumentPredictions } from './predictions.ts';
import { analyzesOnSave, userThresholds } from './settings.ts';

export interface SettingsFollowers {
  readonly store: RunStore;
  readonly lenses: LensProvider;
  readonly commands: Commands;
  readonly predictions: DocumentPredictions;
}

/** Applies settings, trust and saving as they happen: runs are judged anew by new thresholds, without training again. */
export function followSettings({
  store,
  lenses,
  commands,
  predictions,
}: SettingsFollowers): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('vgnet')) return;
      for (const session of store.all()) {
        const uri = vscode.Uri.parse(session.request.file, true);
        if (!thresholdSettings.some((setting) => event.affectsConfiguration(setting, uri))) continue;
        session.judgeBy(mergeThresholds(session.network.analyze, userThresholds(uri)));
        store.tell({ type: 'state', session });
      }
      for (const document of vscode.workspace.textDocuments)
        if (isVgnet(document)) predictions.follow(document);
      lenses.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lenses.refresh()),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (isVgnet(document) && vscode.workspace.isTrusted && analyzesOnSave(document.uri))
        void commands.startAll(document);
    }),
  );
}

const thresholdSettings = ['vgnet.threshold', 'vgnet.explode', 'vgnet.ratio', 'vgnet.metric'];
