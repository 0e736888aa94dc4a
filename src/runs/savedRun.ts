/** A run as plain data, so that it outlives the window: what `node:v8`'s serializer can write and read back. */
import type { Thresholds } from '../analysis/verdict.ts';
import {
  recordedQuantities,
  type GradientHistogram,
  type MinimumMaximum,
  type RecordedLayer,
  type RecordedQuantity,
  type RecordedRows,
  type Recording,
  type RunResult,
} from '../engine/recording.ts';
import { thinRows } from '../protocol/rows.ts';
import type { RunState } from '../protocol/view.ts';
import type { RunFailure } from '../protocol/worker.ts';
import { Session, type RunRequest } from './session.ts';

/** Another number is another form; what was saved in it is passed over. */
export const savedRunVersion = 1;
/** Numbers of one run: what is looked at again after a reload, in at most 8 MB. */
const mostNumbers = 2 ** 20;

export interface SavedRun {
  readonly version: number;
  readonly id: string;
  readonly request: RunRequest;
  readonly state: RunState;
  readonly plannedSteps: number;
  readonly thresholds: Thresholds;
  readonly result: RunResult | undefined;
  readonly failure: RunFailure | undefined;
  readonly notes: readonly string[];
  readonly recording: SavedRecording | undefined;
}

interface SavedRecording {
  readonly layers: readonly RecordedLayer[];
  readonly rows: RecordedRows;
  readonly histograms: readonly GradientHistogram[];
  /** Layers x `recordedQuantities`, row-major. */
  readonly extremes: readonly MinimumMaximum[];
}

/** Everything that a run knows. */
export function saveRun(session: Session): SavedRun {
  const { id, request, state, plannedSteps, thresholds, result, failure, recording, notes } = session;
  return {
    version: savedRunVersion,
    id,
    request,
    state,
    plannedSteps,
    thresholds,
    result,
    failure,
    notes,
    recording: recording && saveRecording(recording),
  };
}

/** The run as it was. One that was going on when its window ended is a stopped one: nothing trains it any more. */
export function restoreRun(saved: SavedRun): Session {
  const session = new Session(saved.id, saved.request);
  session.restore({
    state: saved.state === 'running' ? 'stopped' : saved.state,
    plannedSteps: saved.plannedSteps,
    thresholds: saved.thresholds,
    result: saved.result,
    failure: saved.failure,
    notes: saved.notes,
    recording: saved.recording && restoreRecording(saved.recording),
  });
  return session;
}

function saveRecording(recording: Recording): SavedRecording {
  const { layers, rows, histograms } = recording;
  const extremes = layers.flatMap((_, layer) =>
    recordedQuantities.map((quantity) => recording.extremes(layer, quantity)),
  );
  return { layers, rows: thinRows(rows, mostNumbers), histograms, extremes };
}

function restoreRecording({ layers, rows, histograms, extremes }: SavedRecording): Recording {
  return {
    layers,
    rows,
    histograms,
    extremes: (layer: number, quantity: RecordedQuantity) => {
      const found = extremes[layer * recordedQuantities.length + recordedQuantities.indexOf(quantity)];
      if (found === undefined) throw new Error(`No extremes of ${quantity} in layer ${layer}`);
      return found;
    },
  };
}
