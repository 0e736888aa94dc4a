/** What the view is given when it says that it is there: every run of its file with all rows that are kept. */
import { packHistogram, packRows } from '../protocol/rows.ts';
import type { SnapshotMessage } from '../protocol/view.ts';
import type { Session } from './session.ts';

const noRows = {
  steps: new Float64Array(0),
  loss: new Float64Array(0),
  values: new Float64Array(0),
  timeErrors: new Float64Array(0),
};

/** The snapshot of a file; `selectedRun` is the run to show, the newest where none is asked for. */
export function snapshot(
  file: string | undefined,
  networks: readonly string[],
  sessions: readonly Session[],
  selectedRun: string | undefined,
): SnapshotMessage {
  return {
    type: 'snapshot',
    file,
    networks,
    runs: sessions.map((session) => ({
      header: session.header(),
      rows: packRows(session.recording?.rows ?? noRows),
      histograms: (session.recording?.histograms ?? []).map(packHistogram),
    })),
    selectedRun: selectedRun ?? sessions.at(-1)?.id,
  };
}
