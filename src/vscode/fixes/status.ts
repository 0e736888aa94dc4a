import * as vscode from 'vscode';
import type { LensTarget } from '../codeLens.ts';
import type { Tryout, Tryouts } from '../../runs/tryouts.ts';

/** How far the trying of fixes has come, with a click that ends it; then that they are ready, until somebody looks. */
export class FixStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('vgnet.fixes', vscode.StatusBarAlignment.Left);
  private readonly listening: { dispose(): void };

  constructor(tryouts: Tryouts) {
    this.item.name = vscode.l10n.t('VGNet Fixes');
    this.listening = tryouts.onDidChange((changed) => this.show(tryouts.running().at(-1) ?? changed));
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }

  private show(tryout: Tryout): void {
    const { asItIs, state, done, total, seen } = tryout;
    const { name } = asItIs.network;
    if (state === 'cancelled' || seen) {
      this.item.hide();
      return;
    }
    const { t } = vscode.l10n;
    const target: LensTarget = { file: asItIs.request.file, network: name };
    const command = state === 'running' ? 'vgnet.cancelFixes' : 'vgnet.tryFixes';
    this.item.command = { title: '', command, arguments: [target] };
    if (state === 'running') {
      this.item.text = `$(loading~spin) ${t('fixes for {0}: {1} of {2}', name, done, total)}`;
      this.item.tooltip = t('Trying fixes for {0}: {1} of {2} trained. Click to cancel.', name, done, total);
    } else {
      this.item.text = `$(lightbulb) ${t('fixes for {0}', name)}`;
      this.item.tooltip = t('The fixes for {0} are tried. Click to see them.', name);
    }
    this.item.accessibilityInformation = { label: this.item.tooltip, role: 'button' };
    this.item.show();
  }
}
