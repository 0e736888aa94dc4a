/** What the view is given when it says that it is there: every run of its file with all rows that are kept. */
import { listExtremes } from '../engine/extremes.ts';
import { packHistograms, packRows, thinRows } from '../protocol/rows.ts';
import type { SnapshotMessage } from '../protocol/view.ts';
import type { ShownRun } from './shownRun.ts';

/** Numbers of one run: more than a screen has pixels for, and at most 8 MB. */
const mostNumbers = 2 ** 20;

const noRows = {
  steps: new Float64Array(0),
  loss: new Float64Array(0),
  values: new Float64Array(0),
  timeErrors: new Float64Array(0),
};

/** The snapshot of a file; `selectedRun` is the run to show; where none is asked for the view shows what it showed before, or the newest. */
export function snapshot(
  file: string | undefined,
  networks: readonly string[],
  runs: readonly ShownRun[],
  selectedRun: string | undefined,
): SnapshotMessage {
  return {
    type: 'snapshot',
    file,
    networks,
    runs: runs.map((run) => ({
      header: run.header(),
      rows: packRows(thinRows(run.recording?.rows ?? noRows, mostNumbers)),
      histograms: packHistograms(run.recording?.histograms ?? []),
      extremes: run.recording === undefined ? new ArrayBuffer(0) : listExtremes(run.recording).buffer,
    })),
    selectedRun,
  };
}
