/**
 * The contract between the extension's host and the gradient view. The host owns the data of every run; the view can
 * vanish at any time, says `ready` when it is there (again), and is then given a `snapshot`.
 *
 * Numbers cross as `ArrayBuffer`s of little-endian float64 (typed arrays do not survive the web view's channel).
 */
import type { VerdictCounts } from '../analysis/overSeeds.ts';
import type { Finding, Thresholds, Verdict } from '../analysis/verdict.ts';
import type { PredictedLayer } from '../analysis/prediction.ts';
import type { RecordedLayer, RunResult } from '../engine/recording.ts';

/** `RecordedRows` with its arrays as buffers. */
export interface RowsPacket {
  readonly steps: ArrayBuffer;
  readonly loss: ArrayBuffer;
  readonly values: ArrayBuffer;
  readonly timeErrors: ArrayBuffer;
}

/**
 * Histograms of one run, all in two buffers: VS Code's channel counts the buffers of a message in one byte, and what is
 * beyond the 255th is lost without a word.
 */
export interface HistogramsPacket {
  /** Float64, one step number a histogram. */
  readonly steps: ArrayBuffer;
  /** Uint32, histograms x layers x `histogramBins`. */
  readonly counts: ArrayBuffer;
}

/** `listExtremes` of all rows that the host has seen: rows are thinned on their way, extremes are exact. Float64. */
export type ExtremesPacket = ArrayBuffer;

/** Rows of a run's further seeds, one seed behind the other. */
export interface SeedsPacket {
  readonly rows: RowsPacket;
  /** Number of rows of each seed. */
  readonly counts: readonly number[];
}

/** A run over several seeds: how far they are, and what they came to. */
export interface SeedsHeader {
  readonly planned: number;
  readonly ended: number;
  /** The seed whose measurements are shown. */
  readonly shown: number;
  /** How often each verdict came up; undefined before the end. */
  readonly verdicts: VerdictCounts | undefined;
  /** Steps of all seeds, done and planned. */
  readonly steps: number;
  readonly plannedSteps: number;
}

export type RunState = 'running' | 'completed' | 'stopped' | 'diverged' | 'failed';

/** All that is known of a run but its rows. */
export interface RunHeader {
  readonly id: string;
  readonly network: string;
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly state: RunState;
  /** The text was edited since. */
  readonly stale: boolean;
  readonly plannedSteps: number;
  readonly layers: readonly RecordedLayer[];
  /** Its layers have lines in a text that the editor can show; those of an opened log have none. */
  readonly hasText: boolean;
  readonly thresholds: Thresholds;
  readonly prediction: readonly PredictedLayer[] | undefined;
  readonly result: RunResult | undefined;
  readonly verdict: Verdict | undefined;
  readonly findings: readonly Finding[];
  /** Why it failed, in words. */
  readonly failure: string | undefined;
  /** Undefined for a single seed. */
  readonly seeds: SeedsHeader | undefined;
  /** What a person should know about the data, or the file, that it came from. */
  readonly notes: readonly string[];
}

/** One run of a snapshot. */
export interface RunSnapshot {
  readonly header: RunHeader;
  /** There is more of it, and it is on its way. */
  readonly isGlance?: boolean;
  readonly rows: RowsPacket;
  readonly histograms: HistogramsPacket;
  readonly extremes: ExtremesPacket;
  readonly seeds: SeedsPacket;
}

/** Everything, after `ready`; where that is much, a smaller one of few steps goes ahead. `networks` are those of the file, for the choice of what to analyze. */
export interface SnapshotMessage {
  readonly type: 'snapshot';
  readonly file: string | undefined;
  readonly networks: readonly string[];
  readonly runs: readonly RunSnapshot[];
  /** Run to show; undefined leaves it to the view: the one that it remembers, or the newest. */
  readonly selectedRun: string | undefined;
}

/** A run began, changed its state, got its verdict or became stale. */
export interface RunMessage {
  readonly type: 'run';
  readonly header: RunHeader;
}

/** More rows of a run. At most fifteen such messages a second. */
export interface AppendMessage {
  readonly type: 'append';
  readonly run: string;
  readonly rows: RowsPacket;
  readonly histograms: HistogramsPacket;
  /** Where rows were left out; without it the rows say everything. */
  readonly extremes?: ExtremesPacket;
}

/** Further seeds of a run have ended; what was told of earlier ones stays. */
export interface SeedsMessage {
  readonly type: 'seeds';
  readonly run: string;
  readonly seeds: SeedsPacket;
}

/** The cursor in the editor stands on this layer (or a click on a lens asks for it). */
export interface HighlightMessage {
  readonly type: 'highlight';
  readonly network: string;
  readonly layer: string | undefined;
}

export interface SelectRunMessage {
  readonly type: 'select-run';
  readonly run: string;
  /** Runs to lay over it. */
  readonly compareWith: readonly string[];
}

export type ToView =
  SnapshotMessage | RunMessage | AppendMessage | SeedsMessage | HighlightMessage | SelectRunMessage;

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'analyze'; readonly network: string }
  | { readonly type: 'stop'; readonly run: string }
  /** The person moved the threshold line or chose a metric: warnings in the editor follow. */
  | { readonly type: 'thresholds'; readonly run: string; readonly thresholds: Thresholds }
  /** A layer was clicked: show its line in the editor. */
  | { readonly type: 'reveal'; readonly run: string; readonly layer: string }
  /** A layer is pointed at: light it up in the editor; undefined when no longer. */
  | { readonly type: 'point'; readonly run: string; readonly layer: string | undefined }
  /** Save what the view drew: PNG of a chart, CSV of the table. `content` is text or base64. */
  | { readonly type: 'save'; readonly name: string; readonly format: 'png' | 'csv'; readonly content: string }
  /** Save a run as `.vglog`; the host has the rows. */
  | { readonly type: 'save-log'; readonly run: string };
