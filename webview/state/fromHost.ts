/** What the host's messages do to the state. */
import { Recorder } from '../../src/engine/recorder.ts';
import type {
  AppendMessage,
  RunHeader,
  SeedsMessage,
  SnapshotMessage,
  ToView,
} from '../../src/protocol/view.ts';
import { readExtremes, readHistograms, readRows, readSeeds } from './packets.ts';
import type { ShownRun, ViewState } from './state.ts';

/**
 * The state after a message. A message about a run that is not known changes nothing: the next snapshot has it. So it is with
 * what comes before the first one, while the host still reads the runs: they would seem new, and be shown at their newest
 * step instead of what was looked at before a reload.
 */
export function applyMessage(state: ViewState, message: ToView): ViewState {
  if (!state.connected && message.type !== 'snapshot') return state;
  switch (message.type) {
    case 'snapshot':
      return applySnapshot(state, message);
    case 'run':
      return applyHeader(state, message.header);
    case 'append':
      return applyRows(state, message);
    case 'seeds':
      return applySeeds(state, message);
    case 'highlight':
      return applyHighlight(state, message.network, message.layer);
    case 'select-run': {
      if (!isKnown(state, message.run)) return state;
      const comparedRuns = message.compareWith.filter((id) => id !== message.run && isKnown(state, id));
      return { ...state, selectedRun: message.run, comparedRuns, step: undefined };
    }
    default:
      // A newer host may say more than this page knows.
      message satisfies never;
      return state;
  }
}

function applySnapshot(state: ViewState, message: SnapshotMessage): ViewState {
  const sameFile = !state.connected || state.file === message.file;
  const runs = message.runs.map(({ header, isGlance, rows, histograms, extremes, seeds }): ShownRun => {
    const recording = new Recorder(header.layers);
    const known = readRows(rows, header.layers);
    if (known !== undefined) recording.add(known, readHistograms(histograms, header.layers));
    recording.adoptExtremes(readExtremes(extremes));
    return { header, recording, isGlance, revision: 0, seeds: readSeeds(seeds, header.layers) };
  });
  const ids = new Set(runs.map(({ header }) => header.id));
  const wanted = [message.selectedRun, state.selectedRun, runs.at(-1)?.header.id];
  const selectedRun = wanted.find((id) => id !== undefined && ids.has(id));
  const next = {
    ...state,
    connected: true,
    file: message.file,
    networks: message.networks,
    runs,
    selectedRun,
  };
  if (!sameFile) {
    return { ...next, comparedRuns: [], step: undefined, hoveredLayer: undefined, pointedLayer: undefined };
  }
  const comparedRuns = state.comparedRuns.filter((id) => ids.has(id) && id !== selectedRun);
  return { ...next, comparedRuns, step: selectedRun === state.selectedRun ? state.step : undefined };
}

function applyHeader(state: ViewState, header: RunHeader): ViewState {
  const index = state.runs.findIndex((run) => run.header.id === header.id);
  const known = state.runs[index];
  if (known === undefined) {
    const run: ShownRun = { header, recording: new Recorder(header.layers), revision: 0, seeds: [] };
    return {
      ...state,
      runs: [...state.runs, run],
      selectedRun: header.id,
      comparedRuns: [],
      step: undefined,
    };
  }
  // The layers of a run become known when its training begins.
  const isSame = known.recording.layers.length === header.layers.length;
  const recording = isSame ? known.recording : new Recorder(header.layers);
  return { ...state, runs: state.runs.with(index, { ...known, header, recording }) };
}

function applyRows(state: ViewState, message: AppendMessage): ViewState {
  const index = state.runs.findIndex((run) => run.header.id === message.run);
  const run = state.runs[index];
  const rows = run && readRows(message.rows, run.header.layers);
  if (run === undefined || rows === undefined) return state;
  run.recording.add(rows, readHistograms(message.histograms, run.header.layers));
  if (message.extremes !== undefined) run.recording.adoptExtremes(readExtremes(message.extremes));
  return { ...state, runs: state.runs.with(index, { ...run, revision: run.revision + 1 }) };
}

function applySeeds(state: ViewState, message: SeedsMessage): ViewState {
  const index = state.runs.findIndex((run) => run.header.id === message.run);
  const run = state.runs[index];
  if (run === undefined) return state;
  const seeds = [...run.seeds, ...readSeeds(message.seeds, run.header.layers)];
  return { ...state, runs: state.runs.with(index, { ...run, seeds }) };
}

/** The cursor of the editor moves the light; it changes the run only where another network's layer is asked for. */
function applyHighlight(state: ViewState, network: string, layer: string | undefined): ViewState {
  const selected = state.runs.find(({ header }) => header.id === state.selectedRun);
  if (selected?.header.network === network) {
    // A line can hold several layers: one of them that was chosen here, and led there, stays chosen.
    const lineOf = (name: string | undefined): number | undefined =>
      selected.header.layers.find((each) => each.name === name)?.line;
    const line = lineOf(layer);
    if (line !== undefined && line === lineOf(state.pointedLayer)) return state;
    return { ...state, pointedLayer: layer };
  }
  const other = state.runs.findLast(({ header }) => header.network === network);
  if (other === undefined || layer === undefined) return state;
  const compared = state.comparedRuns.includes(other.header.id);
  if (compared) return { ...state, pointedLayer: layer };
  return { ...state, selectedRun: other.header.id, pointedLayer: layer, step: undefined };
}

function isKnown(state: ViewState, run: string): boolean {
  return state.runs.some(({ header }) => header.id === run);
}
