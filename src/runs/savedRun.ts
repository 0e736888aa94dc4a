/** A run as plain data, so that it outlives the window: what `node:v8`'s serializer can write and read back. */
import type { Thresholds } from '../analysis/verdict.ts';
import { Extremes, listExtremes } from '../engine/extremes.ts';
import type {
  GradientHistogram,
  RecordedLayer,
  RecordedRows,
  Recording,
  RunResult,
} from '../engine/recording.ts';
import { thinRows } from '../protocol/rows.ts';
import type { RunState } from '../protocol/view.ts';
import type { RunFailure } from '../protocol/worker.ts';
import { Session, type RunRequest } from './session.ts';

/** Another number is another form; what was saved in it is passed over. */
export const savedRunVersion = 2;
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
  /** As `listExtremes` wrote them. */
  readonly extremes: Float64Array;
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
  return { layers, rows: thinRows(rows, mostNumbers), histograms, extremes: listExtremes(recording) };
}

function restoreRecording({ layers, rows, histograms, extremes }: SavedRecording): Recording {
  const known = new Extremes(layers.length);
  known.adopt(extremes);
  return { layers, rows, histograms, extremes: (layer, quantity) => known.of(layer, quantity) };
}
