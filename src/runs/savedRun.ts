/** A run as plain data, so that it outlives the window: what `node:v8`'s serializer can write and read back. */
import { Extremes, listExtremes } from '../engine/extremes.ts';
import type { GradientHistogram, RecordedLayer, RecordedRows, Recording } from '../engine/recording.ts';
import { thinRows } from '../protocol/rows.ts';
import { Session, type RunRequest } from './session.ts';
import type { PastTrial, Trial } from './trial.ts';

/** Another number is another form; what was saved in it is passed over. */
export const savedRunVersion = 3;
/** Numbers of one run, all seeds together: what is looked at again after a reload, in at most 8 MB. */
const mostNumbers = 2 ** 20;

export interface SavedRun {
  readonly version: number;
  readonly id: string;
  readonly request: RunRequest;
  readonly trials: readonly SavedTrial[];
}

type SavedTrial = Omit<PastTrial, 'recording'> & { readonly recording: SavedRecording | undefined };

interface SavedRecording {
  readonly layers: readonly RecordedLayer[];
  readonly rows: RecordedRows;
  readonly histograms: readonly GradientHistogram[];
  /** As `listExtremes` wrote them. */
  readonly extremes: Float64Array;
}

/** Everything that a run knows. */
export function saveRun(session: Session): SavedRun {
  const { id, request, trials } = session;
  const numbers = mostNumbers / trials.length;
  return { version: savedRunVersion, id, request, trials: trials.map((trial) => saveTrial(trial, numbers)) };
}

/** The run as it was. One that was going on when its window ended is a stopped one: nothing trains it any more. */
export function restoreRun(saved: SavedRun): Session {
  const session = new Session(saved.id, saved.request);
  session.restore(
    saved.trials.map((trial) => ({
      ...trial,
      recording: trial.recording && restoreRecording(trial.recording),
    })),
  );
  return session;
}

function saveTrial(trial: Trial, numbers: number): SavedTrial {
  const { state, plannedSteps, thresholds, result, failure, notes, recording } = trial;
  return {
    state,
    plannedSteps,
    thresholds,
    result,
    failure,
    notes,
    recording: recording && saveRecording(recording, numbers),
  };
}

function saveRecording(recording: Recording, numbers: number): SavedRecording {
  const { layers, rows, histograms } = recording;
  return { layers, rows: thinRows(rows, numbers), histograms, extremes: listExtremes(recording) };
}

function restoreRecording({ layers, rows, histograms, extremes }: SavedRecording): Recording {
  const known = new Extremes(layers.length);
  known.adopt(extremes);
  return { layers, rows, histograms, extremes: (layer, quantity) => known.of(layer, quantity) };
}
