import * as os from 'node:os';
import * as vscode from 'vscode';
import type { ComputingSettings } from '../protocol/worker.ts';
import { defaultThresholds, type Thresholds } from '../analysis/verdict.ts';

const section = 'vgnet';
const bytesPerMegabyte = 2 ** 20;
/** Two, so that two networks can be compared while they train; more than four help nobody who looks at one file. */
const mostWorkersByMachine = 4;

/** The language's own limit for a file. */
const mostSeeds = 1000;

/** Which lines carry a lens. */
export type CodeLensChoice = 'warnings' | 'all' | 'off';

/** The user's thresholds for a resource, before a file's `analyze` block. */
export function userThresholds(resource: vscode.Uri): Thresholds {
  const settings = vscode.workspace.getConfiguration(section, resource);
  return {
    threshold: positive(settings.get('threshold'), defaultThresholds.threshold),
    explode: positive(settings.get('explode'), defaultThresholds.explode),
    ratio: positive(settings.get('ratio'), defaultThresholds.ratio),
    metric: settings.get<Thresholds['metric']>('metric', defaultThresholds.metric),
  };
}

/** Seeds that a network is trained over where its file does not say. */
export function seedCount(resource: vscode.Uri): number {
  const chosen = vscode.workspace.getConfiguration(section, resource).get<unknown>('seeds');
  return typeof chosen === 'number' && Number.isInteger(chosen)
    ? Math.min(mostSeeds, Math.max(1, chosen))
    : 1;
}

export function codeLensChoice(resource: vscode.Uri): CodeLensChoice {
  return vscode.workspace.getConfiguration(section, resource).get<CodeLensChoice>('codeLens', 'warnings');
}

export function analyzesOnSave(resource: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(section, resource).get('analyzeOnSave', false);
}

/** Whether gradients are predicted while one types. */
export function predicts(resource: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(section, resource).get('prediction', true);
}

/** Networks trained at the same time. */
export function workerCount(): number {
  const chosen = vscode.workspace.getConfiguration(section).get('workers', 0);
  return chosen > 0 ? chosen : Math.min(mostWorkersByMachine, Math.max(2, os.availableParallelism() - 1));
}

/** How a run may compute. */
export function computingSettings(): ComputingSettings {
  const settings = vscode.workspace.getConfiguration(section);
  return {
    memoryLimit: settings.get('memoryLimit', 2048) * bytesPerMegabyte,
    fastMath: settings.get('fastMath', false),
  };
}

/** A number that somebody typed into settings.json, which VS Code marks but does not correct. */
function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}
