/** What the person wants: changes of the state, and what the host has to hear of them. */
import type { MetricId } from '../../src/analysis/metrics.ts';
import type { FromView } from '../../src/protocol/view.ts';
import type { Action } from '../state/actions.ts';
import { isThresholdMetric, selectedRun } from '../state/selectors.ts';
import type { ColumnId, SectionId, ViewState } from '../state/state.ts';
import type { Store } from '../state/store.ts';

export class Intents {
  private readonly store: Store<ViewState, Action>;
  private readonly post: (message: FromView) => void;

  constructor(store: Store<ViewState, Action>, post: (message: FromView) => void) {
    this.store = store;
    this.post = post;
  }

  analyze(network: string): void {
    this.post({ type: 'analyze', network });
  }

  stop(): void {
    this.ofRun((run) => this.post({ type: 'stop', run }));
  }

  chooseRun(run: string): void {
    this.store.dispatch({ type: 'choose-run', run });
  }

  toggleCompared(run: string): void {
    this.store.dispatch({ type: 'toggle-compared', run });
  }

  chooseMetric(metric: MetricId): void {
    this.store.dispatch({ type: 'choose-metric', metric });
    if (isThresholdMetric(metric)) this.tellThresholds();
  }

  draftThreshold(threshold: number | undefined): void {
    this.store.dispatch({ type: 'draft-threshold', threshold });
  }

  setThreshold(threshold: number): void {
    this.store.dispatch({ type: 'set-threshold', threshold });
    this.tellThresholds();
  }

  /** Undefined follows the newest step. */
  chooseStep(step: number | undefined): void {
    this.store.dispatch({ type: 'choose-step', step });
  }

  stepBy(rows: number): void {
    this.store.dispatch({ type: 'step-by', rows });
  }

  /** Lights up the layer under the pointer, here and in the editor. */
  hover(layer: string | undefined): void {
    if (layer === this.store.state.hoveredLayer) return;
    this.store.dispatch({ type: 'hover-layer', layer });
    this.tellLitLayer();
  }

  /** Lights up a layer until another one is chosen. */
  pointAt(layer: string | undefined): void {
    this.store.dispatch({ type: 'point-layer', layer });
    this.tellLitLayer();
  }

  layerBy(layers: number): void {
    this.store.dispatch({ type: 'layer-by', layers });
    this.tellLitLayer();
  }

  /** Shows a layer's line in the editor. */
  reveal(layer: string): void {
    this.store.dispatch({ type: 'point-layer', layer });
    this.ofRun((run) => this.post({ type: 'reveal', run, layer }));
  }

  toggleSection(section: SectionId): void {
    this.store.dispatch({ type: 'toggle-section', section });
  }

  openSection(section: SectionId): void {
    this.store.dispatch({ type: 'open-section', section });
  }

  sort(column: ColumnId): void {
    this.store.dispatch({ type: 'sort', column });
  }

  saveLog(): void {
    this.ofRun((run) => this.post({ type: 'save-log', run }));
  }

  /** `content` is text for CSV and base64 for PNG. */
  save(name: string, format: 'png' | 'csv', content: string): void {
    this.post({ type: 'save', name, format, content });
  }

  private tellLitLayer(): void {
    const { hoveredLayer, pointedLayer } = this.store.state;
    this.ofRun((run) => this.post({ type: 'point', run, layer: hoveredLayer ?? pointedLayer }));
  }

  private tellThresholds(): void {
    const run = selectedRun(this.store.state);
    if (run !== undefined) {
      const { id, thresholds } = run.header;
      this.post({ type: 'thresholds', run: id, thresholds });
    }
  }

  private ofRun(act: (run: string) => void): void {
    const { selectedRun: run } = this.store.state;
    if (run !== undefined) act(run);
  }
}
