/** Puts the page together and draws it, once a frame at most. */
import { ByLayerChart } from '../charts/byLayer.ts';
import type { ChartView, Frame } from '../charts/chartView.ts';
import { DecayChart } from '../charts/decay.ts';
import { hasDecay } from '../charts/decayData.ts';
import { DistributionChart } from '../charts/distribution.ts';
import { MapChart } from '../charts/map.ts';
import { ThroughTimeChart } from '../charts/throughTime.ts';
import { hasTime } from '../charts/throughTimeData.ts';
import { TrainingChart } from '../charts/training.ts';
import type { Action } from '../state/actions.ts';
import { drawnRuns, hasRows, selectedRun, shownMetric } from '../state/selectors.ts';
import type { SectionId, ShownRun, ViewState } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { LayerTable } from '../table/table.ts';
import { followTheme, readTheme } from '../theme/theme.ts';
import { Announcer } from './announcer.ts';
import { Controls } from './controls.ts';
import { element } from './dom.ts';
import { EmptyState } from './emptyState.ts';
import { Header } from './header.ts';
import type { Intents } from './intents.ts';
import { keyHelp, listenToKeys } from './keyboard.ts';
import { OnScreen } from './onScreen.ts';
import { csvButton, pictureButton } from './saveButtons.ts';
import { Section } from './section.ts';

/** Milliseconds without a change after which sections that are out of sight are drawn too. */
const outOfSightDelay = 120;
/** Milliseconds after which they are drawn although there is no rest. */
const longestWait = 600;

/** A section and what draws it. */
interface Part {
  readonly section: Section;
  readonly content: { render(frame: Frame): void };
  /** One line that says how to read it, given the name of what is shown. */
  readonly hint: (metric: string, state: ViewState) => string;
  /** Whether the runs on show have anything for it. */
  readonly hasContent: (state: ViewState) => boolean;
}

/** Fills `app` and keeps it as the store is. */
export function openPage(app: HTMLElement, store: Store<ViewState, Action>, intents: Intents): void {
  const page = new Page(app, store, intents);
  page.render();
}

class Page {
  private readonly store: Store<ViewState, Action>;
  private readonly header: Header;
  private readonly controls: Controls;
  private readonly empty: EmptyState;
  private readonly announcer = new Announcer();
  private readonly sections = element('div', { class: 'sections' });
  private readonly parts: readonly Part[];
  private theme = readTheme();
  private isScheduled = false;
  private readonly onScreen: OnScreen;
  private waitingSince: number | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(app: HTMLElement, store: Store<ViewState, Action>, intents: Intents) {
    this.store = store;
    this.header = new Header(intents, () => networkToAnalyze(store.state));
    this.controls = new Controls(intents, store);
    this.empty = new EmptyState(intents);
    this.parts = makeParts(intents, () => store.state);
    this.sections.append(...this.parts.map(({ section }) => section.root));
    this.onScreen = new OnScreen(
      this.parts.map(({ section }) => section.root),
      () => this.schedule(),
    );
    app.append(
      this.header.root,
      this.controls.root,
      this.empty.root,
      this.sections,
      footer(),
      this.announcer.root,
    );
    listenToKeys(app, {
      intents,
      state: () => store.state,
      goToSection: (number) => this.goToSection(number, intents),
    });
    followTheme(() => {
      this.theme = readTheme();
      this.schedule();
    });
    store.subscribe(() => this.schedule());
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.render();
    });
  }

  render(): void {
    const { state } = this.store;
    this.header.render(state);
    this.controls.render(state);
    this.empty.render(state);
    this.announcer.render(state);
    const run = selectedRun(state);
    const wasHidden = this.sections.hidden;
    this.sections.hidden = run === undefined || !hasRows(run);
    this.sections.classList.toggle('comparing', drawnRuns(state).filter(hasRows).length > 1);
    if (this.sections.hidden) return;
    for (const { section, hasContent, hint } of this.parts)
      section.show(
        state.folded.includes(section.id),
        hasContent(state),
        hint(shownMetric(state).name, state),
      );
    if (wasHidden) this.onScreen.forget();
    const isOpen = this.parts.filter(({ section }) => section.isOpen);
    this.draw(isOpen.filter(({ section }) => this.onScreen.isIn(section.root)));
    // What is out of sight can wait until nothing else happens, but not for the whole of a run.
    const now = performance.now();
    this.waitingSince ??= now;
    clearTimeout(this.later);
    this.later = setTimeout(
      () => {
        this.waitingSince = undefined;
        this.draw(isOpen);
      },
      Math.max(0, Math.min(outOfSightDelay, this.waitingSince + longestWait - now)),
    );
  }

  private draw(parts: readonly Part[]): void {
    const { state } = this.store;
    for (const { content } of parts) content.render({ state, theme: this.theme });
  }

  /** Sections are counted as they are seen. */
  private goToSection(number: number, intents: Intents): void {
    const section = this.parts.map((part) => part.section).filter(({ root }) => !root.hidden)[number - 1];
    if (section === undefined) return;
    intents.openSection(section.id);
    section.focus();
  }
}

function makeParts(intents: Intents, current: () => ViewState): Part[] {
  const always: Part['hasContent'] = () => true;
  const chart = (
    id: SectionId,
    title: string,
    hint: Part['hint'],
    view: ChartView,
    hasContent = always,
  ): Part => {
    const tools = [pictureButton(view, title, current, intents)];
    return {
      section: new Section({ id, title, body: view.root, tools }, intents),
      content: view,
      hint,
      hasContent,
    };
  };
  const table = new LayerTable(intents);
  const ofRun = (test: (run: ShownRun) => boolean) => (state: ViewState) => {
    const run = selectedRun(state);
    return run !== undefined && hasRows(run) && test(run);
  };
  const step = (metric: string): string => `${metric} from input to output, at the chosen step`;
  return [
    chart('by-layer', 'By layer', step, new ByLayerChart(intents)),
    chart(
      'training',
      'Over training',
      (metric) => `${metric}, a line a layer, coloured by depth`,
      new TrainingChart(intents),
    ),
    chart('map', 'Map', (metric) => `${metric}, layers down, steps across`, new MapChart(intents)),
    chart(
      'decay',
      'Where it is lost',
      () => 'factor on the way back, by layer, at the chosen step',
      new DecayChart(intents),
      ofRun(hasDecay),
    ),
    chart(
      'distribution',
      'Distribution',
      () => 'entries of one layer’s gradient by size',
      new DistributionChart(),
      ofRun(({ recording }) => recording.histograms.length > 0),
    ),
    chart(
      'time',
      'Through time',
      () => 'error at each time step, at the chosen step of training',
      new ThroughTimeChart(intents),
      ofRun(hasTime),
    ),
    {
      section: new Section(
        { id: 'table', title: 'Table', body: table.root, tools: [csvButton(table, current, intents)] },
        intents,
      ),
      content: table,
      hint: (_, state) => (selectedRun(state)?.header.hasText === false ? '' : 'a name leads to its line'),
      hasContent: always,
    },
  ];
}

/** What the button in the header analyzes: the network on show, or the file's first. */
function networkToAnalyze(state: ViewState): string | undefined {
  const shown = selectedRun(state)?.header.network;
  return shown !== undefined && state.networks.includes(shown) ? shown : state.networks[0];
}

function footer(): HTMLElement {
  const keys = keyHelp.flatMap(([pressed, does]) => [
    element('dt', {}, element('kbd', {}, pressed)),
    element('dd', {}, does),
  ]);
  return element(
    'footer',
    { class: 'footer' },
    element('details', {}, element('summary', {}, 'Keys'), element('dl', { class: 'keys' }, ...keys)),
  );
}
