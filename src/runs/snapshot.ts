/**
 * What the view is given when it says that it is there: every run of its file with all rows that are kept. That is
 * megabytes; a glance goes ahead of it, so that something is drawn before they have come.
 */
import { listExtremes } from '../engine/extremes.ts';
import type { GradientHistogram, RecordedRows, Recording } from '../engine/recording.ts';
import { packHistograms, packRows, packSeeds, thinRows } from '../protocol/rows.ts';
import type { RunSnapshot, SeedsPacket, SnapshotMessage } from '../protocol/view.ts';
import type { ShownRun } from './shownRun.ts';

/** Numbers of one run: more than a screen has pixels for, and at most 8 MB. */
const mostNumbers = 2 ** 20;

/** Numbers of all further seeds of a run: a band needs fewer points than a line. */
const mostSeedNumbers = 2 ** 19;

/** Numbers of all runs of a glance together: 128 kB, two to three charts' widths of steps of ten layers. */
const glanceNumbers = 2 ** 14;

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
  const whole = runs.map((run) => ({
    ...snapshotOf(run, mostNumbers, run.recording?.histograms ?? []),
    seeds: furtherSeeds(run.otherSeeds?.() ?? [], run.header().seeds?.planned ?? 1),
  }));
  return { type: 'snapshot', file, networks, runs: whole, selectedRun };
}

/** The same with few steps of each run's first seed and the last histogram alone; undefined where the snapshot itself is as small. */
export function glance(
  file: string | undefined,
  networks: readonly string[],
  runs: readonly ShownRun[],
  selectedRun: string | undefined,
): SnapshotMessage | undefined {
  const share = glanceNumbers / runs.length;
  const isSmall = runs.every((run) => isSmallRun(run, share));
  if (isSmall) return undefined;
  const few = runs.map((run) => ({
    ...snapshotOf(run, share, run.recording?.histograms.slice(-1) ?? []),
    isGlance: true,
    seeds: packSeeds([]),
  }));
  return { type: 'snapshot', file, networks, runs: few, selectedRun };
}

function isSmallRun(run: ShownRun, numbers: number): boolean {
  const { rows, histograms } = run.recording ?? { rows: noRows, histograms: [] };
  const seeds = run.otherSeeds?.() ?? [];
  return rows.values.length <= numbers && histograms.length <= 1 && seeds.length === 0;
}

function snapshotOf(
  run: ShownRun,
  numbers: number,
  histograms: readonly GradientHistogram[],
): Omit<RunSnapshot, 'seeds'> {
  return {
    header: run.header(),
    rows: packRows(thinRows(run.recording?.rows ?? noRows, numbers)),
    histograms: packHistograms(histograms),
    extremes: run.recording === undefined ? new ArrayBuffer(0) : listExtremes(run.recording).buffer,
  };
}

/** What the view is told of further seeds, of `planned` in all: each its share of the rows. */
export function furtherSeeds(recordings: readonly Recording[], planned: number): SeedsPacket {
  const numbers = mostSeedNumbers / planned;
  return packSeeds(recordings.map(({ rows }) => thinRows(rows, numbers)));
}
