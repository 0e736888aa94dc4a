/** What the view is given when it says that it is there: every run of its file with all rows that are kept. */
import { listExtremes } from '../engine/extremes.ts';
import type { RecordedRows, Recording } from '../engine/recording.ts';
import { packHistograms, packRows, packSeeds, thinRows } from '../protocol/rows.ts';
import type { SeedsPacket, SnapshotMessage } from '../protocol/view.ts';
import type { ShownRun } from './shownRun.ts';

/** Numbers of one run: more than a screen has pixels for, and at most 8 MB. */
const mostNumbers = 2 ** 20;

/** Numbers of all further seeds of a run: a band needs fewer points than a line. */
const mostSeedNumbers = 2 ** 19;

const noRows: RecordedRows = {
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
      seeds: furtherSeeds(run.otherSeeds?.() ?? [], run.header().seeds?.planned ?? 1),
    })),
    selectedRun,
  };
}

/** What the view is told of further seeds, of `planned` in all: each its share of the rows. */
export function furtherSeeds(recordings: readonly Recording[], planned: number): SeedsPacket {
  const numbers = mostSeedNumbers / planned;
  return packSeeds(recordings.map(({ rows }) => thinRows(rows, numbers)));
}
