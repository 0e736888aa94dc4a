/** All that the page shows, in one immutable value. Recordings are the exception: they grow in place, and `revision` says so. */
import type { MetricId } from '../../src/analysis/metrics.ts';
import type { Recorder } from '../../src/engine/recorder.ts';
import type { RecordedRows } from '../../src/engine/recording.ts';
import type { RunHeader } from '../../src/protocol/view.ts';

/** A run with its rows. `revision` grows by one whenever the recording does. */
export interface ShownRun {
  readonly header: RunHeader;
  readonly recording: Recorder;
  /** Most of its rows are still on their way. */
  readonly isGlance?: boolean | undefined;
  readonly revision: number;
  /** Rows of the further seeds, as far as they have ended. */
  readonly seeds: readonly RecordedRows[];
}

/** The sections of the page, in their order. */
export const sectionIds = ['by-layer', 'training', 'map', 'decay', 'distribution', 'time', 'table'] as const;
export type SectionId = (typeof sectionIds)[number];

/** A column of the table: the layer's name, or a number. */
export type ColumnId =
  'name' | 'kind' | 'parameters' | 'now' | 'first' | 'last' | 'min' | 'max' | 'predicted' | MetricId;

export interface Sorting {
  readonly column: ColumnId;
  readonly descending: boolean;
}

export interface ViewState {
  /** False until the host has answered `ready`. */
  readonly connected: boolean;
  readonly file: string | undefined;
  /** Names of the file's networks. */
  readonly networks: readonly string[];
  /** From the oldest to the newest. */
  readonly runs: readonly ShownRun[];
  readonly selectedRun: string | undefined;
  /** Runs that are laid over the selected one, in the order in which they were chosen. */
  readonly comparedRuns: readonly string[];
  /** The quantity that is drawn; undefined follows the thresholds' metric. */
  readonly metric: MetricId | undefined;
  /** The threshold while its line is being dragged. */
  readonly draftThreshold: number | undefined;
  /** The chosen step; undefined follows the newest. */
  readonly step: number | undefined;
  /** The layer under the pointer. */
  readonly hoveredLayer: string | undefined;
  /** The layer that stays lit when the pointer is gone. */
  readonly pointedLayer: string | undefined;
  readonly folded: readonly SectionId[];
  /** Undefined is from input to output. */
  readonly sorting: Sorting | undefined;
}

export const initialState: ViewState = {
  connected: false,
  file: undefined,
  networks: [],
  runs: [],
  selectedRun: undefined,
  comparedRuns: [],
  metric: undefined,
  draftThreshold: undefined,
  step: undefined,
  hoveredLayer: undefined,
  pointedLayer: undefined,
  folded: [],
  sorting: undefined,
};
