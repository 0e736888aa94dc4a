/** Small runs for tests of the page: every norm is given, everything else follows from it by simple factors. */
import { quantitiesPerLayer, quantityOffset } from '../../src/analysis/metrics.ts';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { listExtremes } from '../../src/engine/extremes.ts';
import { Recorder } from '../../src/engine/recorder.ts';
import type { RecordedLayer, RecordedRows } from '../../src/engine/recording.ts';
import { packHistograms, packRows, packSeeds } from '../../src/protocol/rows.ts';
import type { RunHeader, SnapshotMessage } from '../../src/protocol/view.ts';
import { reduce } from '../../webview/state/reduce.ts';
import { initialState, type ShownRun, type ViewState } from '../../webview/state/state.ts';

/** Rows with these norms, a list a step; `parameterNorm` is twice the norm, the rest is NaN. */
export function rowsOf(norms: readonly (readonly number[])[], steps?: readonly number[]): RecordedRows {
  const layers = norms[0]?.length ?? 0;
  const values = new Float64Array(norms.length * layers * quantitiesPerLayer).fill(Number.NaN);
  for (const [row, ofRow] of norms.entries()) {
    for (const [layer, norm] of ofRow.entries()) {
      const offset = (row * layers + layer) * quantitiesPerLayer;
      values[offset + quantityOffset.norm] = norm;
      values[offset + quantityOffset.parameterNorm] = 2 * norm;
    }
  }
  return {
    steps: Float64Array.from(steps ?? norms.map((_, row) => row)),
    loss: Float64Array.from(norms, (_, row) => 1 / (row + 1)),
    values,
    timeErrors: new Float64Array(0),
  };
}

/** Layers named after the alphabet, of four parameters each. */
export function layersOf(count: number): RecordedLayer[] {
  return Array.from({ length: count }, (_, index) => ({
    name: String.fromCodePoint(97 + index),
    kind: 'dense',
    parameters: 4,
    line: index + 3,
  }));
}

export function headerOf(layers: readonly RecordedLayer[], more: Partial<RunHeader> = {}): RunHeader {
  return {
    id: 'run 1',
    network: 'net',
    file: 'file:///net.vgnet',
    startedAt: 0,
    state: 'completed',
    stale: false,
    plannedSteps: 100,
    layers,
    hasText: true,
    thresholds: defaultThresholds,
    prediction: undefined,
    result: undefined,
    verdict: undefined,
    findings: [],
    failure: undefined,
    seeds: undefined,
    notes: [],
    ...more,
  };
}

/** A run with these norms, a list a step. */
export function runOf(
  norms: readonly (readonly number[])[],
  more: Partial<RunHeader> = {},
  steps?: readonly number[],
): ShownRun {
  const header = headerOf(more.layers ?? layersOf(norms[0]?.length ?? 0), more);
  const recording = new Recorder(header.layers);
  recording.add(rowsOf(norms, steps), []);
  return { header, recording, revision: 0, seeds: [] };
}

/** The host's answer to `ready`. */
export function snapshotOf(runs: readonly ShownRun[], more: Partial<SnapshotMessage> = {}): SnapshotMessage {
  return {
    type: 'snapshot',
    file: 'file:///net.vgnet',
    networks: ['net'],
    runs: runs.map(({ header, recording, seeds }) => ({
      header,
      rows: packRows(recording.rows),
      histograms: packHistograms([]),
      extremes: listExtremes(recording).buffer,
      seeds: packSeeds(seeds),
    })),
    selectedRun: runs.at(-1)?.header.id,
    ...more,
  };
}

/** The state after the host has told of these runs; the last one is selected. */
export function stateOf(...runs: readonly ShownRun[]): ViewState {
  return reduce(initialState, { type: 'host', message: snapshotOf(runs) });
}
