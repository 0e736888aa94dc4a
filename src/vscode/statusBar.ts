import * as vscode from 'vscode';
import { formatCount, formatProgress } from '../analysis/numbers.ts';
import type { RunStore } from '../runs/runStore.ts';

const refreshInterval = 250;

/** What is training, with a click that stops it; nothing while nothing trains. Also keeps the `vgnet.running` context. */
export class TrainingStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('vgnet.training', vscode.StatusBarAlignment.Left);
  private readonly store: RunStore;
  private timer: NodeJS.Timeout | undefined;
  private wasRunning = false;

  constructor(store: RunStore) {
    this.store = store;
    this.item.name = vscode.l10n.t('VGNet Training');
    this.item.command = 'vgnet.stop';
    store.onDidChange(({ type }) => {
      if (type === 'rows' || type === 'progress')
        this.timer ??= setTimeout(() => this.show(), refreshInterval);
      else this.show();
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const running = this.store.running();
    if (running.length > 0 !== this.wasRunning) {
      this.wasRunning = running.length > 0;
      void vscode.commands.executeCommand('setContext', 'vgnet.running', this.wasRunning);
    }
    if (running.length === 0) {
      this.item.hide();
      return;
    }
    const progress = running.map((session) => session.progress);
    const steps = progress.reduce((sum, each) => sum + each.steps, 0);
    const planned = progress.reduce((sum, each) => sum + each.planned, 0);
    const what =
      running.length === 1 ? (running[0]?.network.name ?? '') : vscode.l10n.t('{0} networks', running.length);
    const percent = planned === 0 ? 0 : Math.floor((100 * steps) / planned);
    this.item.text = `$(loading~spin) ${what} ${formatProgress(percent, 100)} %`;
    this.item.tooltip = vscode.l10n.t(
      'Training {0}: step {1} of {2}. Click to stop.',
      what,
      formatCount(steps),
      formatCount(planned),
    );
    this.item.accessibilityInformation = { label: this.item.tooltip, role: 'button' };
    this.item.show();
  }
}
