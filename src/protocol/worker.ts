/**
 * The contract between a host (the editor's extension, the command line) and the thread that trains.
 *
 * A thread does one job at a time. Every job ends with exactly one `finished` or `failed`.
 */
import type { Prediction } from '../analysis/prediction.ts';
import type { GradientHistogram, RecordedLayer, RecordedRows, RunResult } from '../engine/recording.ts';
import type { MeantColumn } from '../language/dataFacts.ts';
import type { CheckedNetwork } from '../language/network.ts';

/** Files that the network names, read by the host: path as written in the text → its bytes. `digits` is under `digits`. */
export type FileContents = ReadonlyMap<string, Uint8Array>;

/** Trains one network. Sent with `stopFlag`, one Int32 over shared memory: non-zero asks the run to end after the current steps. */
export interface AnalyzeRequest extends ComputingSettings {
  readonly type: 'analyze';
  readonly job: number;
  readonly network: CheckedNetwork;
  readonly files: FileContents;
  readonly stopFlag: SharedArrayBuffer;
  /** Least milliseconds between two `rows` messages. */
  readonly interval: number;
}

/** How a run may compute, whatever it computes. */
export interface ComputingSettings {
  /** Refuse networks that need more bytes than this. */
  readonly memoryLimit: number;
  /** Round a product and its sum at once where the machine can: faster, but not with the same last digits everywhere. */
  readonly fastMath: boolean;
}

/** Predicts one network's gradients at initialisation. Its thread trains nothing besides. */
export interface PredictRequest {
  readonly type: 'predict';
  readonly job: number;
  readonly network: CheckedNetwork;
  readonly files: FileContents;
  /** One Int32: non-zero ends the prediction, whose answer nobody waits for any more. */
  readonly stopFlag: SharedArrayBuffer;
}

/** What would become of the first layer's gradient if a layer had another activation or initialiser. */
export interface WhatIfRequest {
  readonly type: 'what-if';
  readonly job: number;
  readonly network: CheckedNetwork;
  readonly files: FileContents;
  readonly stopFlag: SharedArrayBuffer;
  /** Position in `network.layers`; all instances of its `repeat` change together. */
  readonly layer: number;
  readonly changes: WhatIfChanges;
}

export type WhatIfChanges = 'activations' | 'initialisers';

/** Writes one network as a PyTorch project. Its thread does nothing besides, and is ended where nobody waits any more. */
export interface ExportRequest {
  readonly type: 'export';
  readonly network: CheckedNetwork;
  readonly files: FileContents;
  /** As for a run of the network. */
  readonly memoryLimit: number;
}

export type ToWorker = AnalyzeRequest | PredictRequest | WhatIfRequest | ExportRequest;

/** The answer to an `export`. */
export interface ExportedMessage {
  readonly type: 'exported';
  readonly outcome: ExportOutcome;
}

/** Files of a project: name to content. */
export type ProjectFiles = ReadonlyMap<string, string | Uint8Array>;

export type ExportOutcome =
  { readonly ok: true; readonly files: ProjectFiles } | { readonly ok: false; readonly failure: RunFailure };

/** One change and its effect in words. */
export interface WhatIfAnswer {
  /** What would be written: `relu + kaiming_normal`. */
  readonly words: string;
  /** Predicted gradient norm of the first layer. */
  readonly norm: number;
  /** `relu + kaiming_normal: 0.0420, 180,000 times more` */
  readonly text: string;
}

/** The answer to a `what-if`, in the order of the changes; empty where nothing can be predicted. */
export interface WhatIfMessage {
  readonly type: 'what-if';
  readonly job: number;
  readonly answers: readonly WhatIfAnswer[];
}

/** The answer to a `predict`; what cannot be predicted says why. */
export interface PredictedMessage {
  readonly type: 'predicted';
  readonly job: number;
  readonly prediction: Prediction;
}

/** Training is about to begin. */
export interface StartedMessage {
  readonly type: 'started';
  readonly job: number;
  readonly layers: readonly RecordedLayer[];
  readonly parameters: number;
  /** Steps that will be done if nothing stops it. */
  readonly steps: number;
  readonly bytes: number;
  /** What a person should know about the data although it is no error. */
  readonly notes: readonly string[];
}

/** Steps that were recorded since the last such message; buffers are transferred. */
export interface RowsMessage {
  readonly type: 'rows';
  readonly job: number;
  readonly rows: RecordedRows;
  readonly histograms: readonly GradientHistogram[];
}

export interface FinishedMessage {
  readonly type: 'finished';
  readonly job: number;
  readonly result: RunResult;
}

/** The input was wrong in a way that only the data or the plan could show. */
export interface FailedMessage {
  readonly type: 'failed';
  readonly job: number;
  readonly failure: RunFailure;
}

export interface RunFailure {
  /** A rule's id from the language's table, or `internal` for a bug. */
  readonly rule: string;
  readonly message: string;
  /** 1-based line of the network's text that it belongs to; the `network` line where nothing nearer is known. */
  readonly line: number;
  /** Where a column's name is probably mistyped. */
  readonly meant?: MeantColumn;
}

export type FromWorker = StartedMessage | RowsMessage | FinishedMessage | FailedMessage;

export type { DataFacts } from '../language/dataFacts.ts';
