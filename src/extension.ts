import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { LensProvider } from './vscode/codeLens.ts';
import { Commands } from './vscode/commands.ts';
import { CsvFacts } from './vscode/csvFacts.ts';
import { Problems } from './vscode/diagnostics.ts';
import { Documents, vgnetSelector } from './vscode/documents.ts';
import { Fixes } from './vscode/fixes/command.ts';
import { FixStatus } from './vscode/fixes/status.ts';
import { TryFixesProvider, tryFixesKinds } from './vscode/fixes/quickFix.ts';
import { PyTorchExport } from './vscode/exportPyTorch.ts';
import { DataFiles } from './vscode/files.ts';
import { followCursor } from './vscode/followCursor.ts';
import { DocumentFollower } from './vscode/followDocuments.ts';
import { followSettings } from './vscode/followSettings.ts';
import { HoverProvider } from './vscode/hover.ts';
import { registerLanguage } from './vscode/language/register.ts';
import { createLog, describe, inBackground } from './vscode/log.ts';
import { Logs } from './vscode/logs.ts';
import { Answers } from './vscode/panel/answers.ts';
import { readContents } from './vscode/panel/contents.ts';
import { GradientPanel, panelType } from './vscode/panel/panel.ts';
import { Analyses } from './runs/analyses.ts';
import { Predictions } from './runs/predictions.ts';
import { RunStore } from './runs/runStore.ts';
import { Tryouts, type TryoutsOptions } from './runs/tryouts.ts';
import { WorkerPool } from './runs/workerPool.ts';
import { DocumentPredictions } from './vscode/predictions.ts';
import { RunStorage } from './vscode/runStorage.ts';
import { computingSettings, workerCount } from './vscode/settings.ts';
import { TrainingStatus } from './vscode/statusBar.ts';

/** Milliseconds between asking a run to stop and ending its thread. */
const stopGrace = 100;
/** Milliseconds after activation until a thread is started in advance: by then the file that activated it has its lenses. */
const warmingDelay = 1500;
/** Milliseconds after activation until compiled code is kept: by then what opening a file needs has been compiled. */
const keepingDelay = 5000;

/** What the extension hands to the suite that runs inside the editor. */
export interface TestHandles {
  readonly store: RunStore;
  /** Ends every thread, as a crash would. */
  readonly killThreads: () => void;
}

/** `keepCompiled` is there where V8 had to compile this bundle: it keeps the code for the next start. */
export function activate(
  context: vscode.ExtensionContext,
  keepCompiled?: () => Promise<void>,
): TestHandles | undefined {
  const log = createLog();
  const files = new DataFiles(context.extensionUri);
  const csvFacts = new CsvFacts(files);
  const documents = new Documents((uri) => csvFacts.of(uri));
  const store = new RunStore();
  const logs = new Logs(log);
  const threads = new Set<Worker>();
  const pool = new WorkerPool({
    startThread: () => startThread(context, threads),
    size: workerCount,
    grace: stopGrace,
    log: (message) => log.info(message),
  });
  const training: TryoutsOptions = {
    pool,
    readFiles: (file, network) => files.read(vscode.Uri.parse(file, true), network),
    computing: computingSettings,
    now: Date.now,
    newId: randomUUID,
    onBug: (error) => log.error(describe(error)),
  };
  const analyses = new Analyses({ store, ...training });
  const tryouts = new Tryouts(training);
  const predicted = new Predictions({
    startThread: () => startThread(context, threads),
    readFiles: async (file, network) =>
      vscode.workspace.isTrusted ? files.read(vscode.Uri.parse(file, true), network) : new Map(),
    grace: stopGrace,
    log: (message) => log.info(message),
  });
  const predictions = new DocumentPredictions(documents, predicted);
  const panel = new GradientPanel({
    extension: context.extensionUri,
    store,
    log,
    contents: (file) =>
      readContents(vscode.Uri.parse(file, true), {
        documents,
        store,
        logs,
        restore: (document) => storage.restore(document),
      }),
    activeFile: () => documents.active()?.uri.toString(),
    receive: (message, file) => inBackground(log, message.type, answers.answer(message, file)),
  });
  const commands = new Commands({ documents, store, analyses, panel, logs, predictions });
  const fixes = new Fixes({ documents, store, commands, tryouts, panel });
  const answers = new Answers({ store, analyses, commands, logs, tell: (run) => panel.tell(run) });
  const lenses = new LensProvider({ documents, store, predictions, tryouts });
  const problems = new Problems({ documents, store, extension: context.extensionUri });
  const storage = new RunStorage(context, store, log);
  const warming = setTimeout(() => pool.warm(), warmingDelay);
  const keeping =
    keepCompiled &&
    setTimeout(() => inBackground(log, 'Keeping compiled code', keepCompiled()), keepingDelay);

  context.subscriptions.push(
    log,
    pool,
    predicted,
    panel,
    answers,
    lenses,
    problems,
    storage,
    new TrainingStatus(store),
    new FixStatus(tryouts),
    new vscode.Disposable(() => [warming, keeping].forEach(clearTimeout)),
    ...commands.register(),
    ...fixes.register(),
    new PyTorchExport({ commands, files, startThread: () => startThread(context, threads) }).register(),
    vscode.window.registerWebviewPanelSerializer(panelType, panel),
    vscode.languages.registerCodeLensProvider(vgnetSelector, lenses),
    vscode.languages.registerHoverProvider(
      vgnetSelector,
      new HoverProvider({ documents, store, predictions }),
    ),
    vscode.languages.registerCodeActionsProvider(
      vgnetSelector,
      new TryFixesProvider(documents, store),
      tryFixesKinds,
    ),
    new DocumentFollower({ documents, store, analyses, storage, problems, predictions, csvFacts, log }),
    ...registerLanguage(documents, csvFacts, predictions),
    followCursor(panel, documents, context.workspaceState),
    followSettings({ store, lenses, commands, predictions }),
  );
  beforeEnd = () => storage.saveRunning();
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { store, killThreads: () => threads.forEach((thread) => void thread.terminate()) }
    : undefined;
}

let beforeEnd: (() => Promise<void>) | undefined;

/** Keeps what is still being measured when the window closes or reloads. */
export async function deactivate(): Promise<void> {
  await beforeEnd?.();
}

function startThread(context: vscode.ExtensionContext, threads: Set<Worker>): Worker {
  const thread = new Worker(context.asAbsolutePath('dist/worker.cjs'), {
    name: 'vgnet training',
    workerData: 'beside an editor',
  });
  threads.add(thread);
  thread.on('exit', () => threads.delete(thread));
  return thread;
}
