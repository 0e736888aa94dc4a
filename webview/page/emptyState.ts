/** What stands where the charts will be. */
import { hasRows, selectedRun } from '../state/selectors.ts';
import type { ViewState } from '../state/state.ts';
import { element, icon } from './dom.ts';
import type { Intents } from './intents.ts';

export class EmptyState {
  readonly root = element('div', { 'class': 'empty', 'data-testid': 'empty' });
  private readonly intents: Intents;
  private shown = '';

  constructor(intents: Intents) {
    this.intents = intents;
  }

  render(state: ViewState): void {
    const content = emptyContent(state);
    this.root.hidden = content === undefined;
    if (content === undefined) return;
    const key = JSON.stringify(content);
    if (key === this.shown) return;
    this.shown = key;
    const buttons = content.networks.map((network) => {
      const button = element('button', { type: 'button' }, icon('play'), `Analyze ${network}`);
      button.addEventListener('click', () => this.intents.analyze(network));
      return button;
    });
    this.root.replaceChildren(
      element('p', { class: 'empty-title' }, content.title),
      element('p', {}, content.text),
      element('div', { class: 'empty-actions' }, ...buttons),
    );
  }
}

interface EmptyContent {
  readonly title: string;
  readonly text: string;
  /** Networks that are offered. */
  readonly networks: readonly string[];
}

/** What to say while there is nothing to draw; undefined where there is. */
export function emptyContent(state: ViewState): EmptyContent | undefined {
  const run = selectedRun(state);
  if (!state.connected) return { title: 'Loading', text: 'Waiting for the runs of this file.', networks: [] };
  if (run !== undefined && hasRows(run)) return undefined;
  if (run?.header.state === 'running')
    return { title: 'Starting', text: 'The first steps appear here as soon as they are done.', networks: [] };
  if (run?.header.state === 'failed')
    return {
      title: 'Nothing was recorded',
      text: run.header.failure ?? 'The run failed before its first step.',
      networks: [],
    };
  if (run !== undefined)
    return {
      title: 'No steps',
      text: `${run.header.network || 'This log'} has no recorded step.`,
      networks: [],
    };
  if (state.file === undefined)
    return {
      title: 'No network',
      text: 'Open a .vgnet file to see the gradients of its networks.',
      networks: [],
    };
  if (state.file.endsWith('.vglog'))
    return {
      title: 'No log',
      text: `${fileName(state.file)} is not there any more, or cannot be read as a gradient log.`,
      networks: [],
    };
  if (state.networks.length === 0)
    return {
      title: 'Nothing to analyze',
      text: 'This file has no network yet, or nothing was recorded in it.',
      networks: [],
    };
  return {
    title: 'No run yet',
    text: 'Analyzing trains the network and records the gradient of every layer at every step.',
    networks: state.networks,
  };
}

function fileName(file: string): string {
  return decodeURIComponent(file.split('/').at(-1) ?? '');
}
