/**
 * Stands in for VS Code in a plain browser: answers the page with a scene, plays runs back when asked to analyze, and keeps
 * what the page has said in `window.posted`. Chosen by the address: `?scene=vanishing&theme=dark`.
 */
import { listExtremes } from '../../src/engine/extremes.ts';
import { Recorder } from '../../src/engine/recorder.ts';
import { packHistograms, packRows, packSeeds } from '../../src/protocol/rows.ts';
import type { FromView, RunHeader, SnapshotMessage, ToView } from '../../src/protocol/view.ts';
import type { MadeUpRun } from './madeUpRuns.ts';
import { scenes } from './scenes.ts';
import { developmentThemes } from './themes.ts';

declare global {
  interface Window {
    posted: FromView[];
    /** Speaks to the page as the host would. */
    say: (message: ToView) => void;
    applyTheme: (name: string) => void;
  }
}

const choices = new URLSearchParams(location.search);
const sceneName = choices.get('scene') ?? 'vanishing';
const scene = (scenes[sceneName] ?? scenes['vanishing'])?.();
const stateKey = `vgnet view ${sceneName}`;
/** Milliseconds between two messages of a run that is played back. */
const beat = 1000 / 15;
const playbackBeats = 60;

window.posted = [];
window.say = (message) => window.postMessage(message, '*');
window.applyTheme = (name) => {
  const theme = developmentThemes[name];
  if (theme === undefined) throw new Error(`No theme is called ${name}.`);
  for (const [variable, value] of Object.entries(theme.variables)) {
    document.documentElement.style.setProperty(`--vscode-${variable}`, value);
  }
  document.body.className = theme.body;
};
window.applyTheme(choices.get('theme') ?? 'dark');

function snapshot(): SnapshotMessage {
  return {
    type: 'snapshot',
    file: scene?.file,
    networks: scene?.networks ?? [],
    runs: (scene?.runs ?? []).map(({ header, rows, histograms, seeds }) => ({
      header,
      rows: packRows(rows),
      histograms: packHistograms(histograms),
      extremes: extremesOf(header.layers, rows),
      seeds: packSeeds(seeds),
    })),
    selectedRun: scene?.runs.at(-1)?.header.id,
  };
}

function extremesOf(layers: RunHeader['layers'], rows: MadeUpRun['rows']): ArrayBuffer {
  const recorder = new Recorder(layers);
  recorder.add(rows, []);
  return listExtremes(recorder).buffer;
}

let played = 0;
const headers = new Map((scene?.runs ?? []).map(({ header }) => [header.id, header]));

/** Trains nothing: says row after row of a made-up run again. */
async function play({ header, rows, histograms }: MadeUpRun): Promise<void> {
  played += 1;
  const id = `${header.id}, again ${played}`;
  const startedAt = Date.now();
  const begun: RunHeader = {
    ...header,
    id,
    startedAt,
    state: 'running',
    stale: false,
    result: undefined,
    verdict: undefined,
  };
  headers.set(id, begun);
  window.say({ type: 'run', header: begun });
  const total = rows.steps.length;
  const perBeat = Math.ceil(total / playbackBeats);
  for (let row = 0; row < total && headers.get(id)?.state === 'running'; row += perBeat) {
    const to = Math.min(total, row + perBeat);
    const part = (numbers: Float64Array): Float64Array =>
      numbers.subarray((row * numbers.length) / total, (to * numbers.length) / total);
    window.say({
      type: 'append',
      run: id,
      rows: packRows({
        steps: part(rows.steps),
        loss: part(rows.loss),
        values: part(rows.values),
        timeErrors: part(rows.timeErrors),
      }),
      histograms: packHistograms(histograms.filter(({ step }) => step >= row && step < to)),
    });
    await new Promise((resolve) => setTimeout(resolve, beat));
  }
  const stopped = headers.get(id)?.state === 'stopped';
  const done: RunHeader = { ...header, id, startedAt, state: stopped ? 'stopped' : header.state };
  headers.set(id, done);
  window.say({ type: 'run', header: done });
}

function answer(message: FromView): void {
  switch (message.type) {
    case 'ready':
      window.say(snapshot());
      break;
    case 'analyze': {
      const run =
        scene?.runs.findLast(({ header }) => header.network === message.network) ??
        scenes['vanishing']?.().runs[0];
      if (run !== undefined) void play(run);
      break;
    }
    case 'stop': {
      const header = headers.get(message.run);
      if (header !== undefined) headers.set(message.run, { ...header, state: 'stopped' });
      break;
    }
    case 'thresholds': {
      const header = headers.get(message.run);
      if (header !== undefined)
        window.say({ type: 'run', header: { ...header, thresholds: message.thresholds } });
      break;
    }
    default:
    // What the editor would do with the rest cannot be seen here.
  }
}

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: FromView) => {
      window.posted.push(message);
      answer(message);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
  }),
});
