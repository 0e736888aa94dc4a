/** What can happen: messages of the host, and what the person does. */
import type { MetricId } from '../../src/analysis/metrics.ts';
import type { ToView } from '../../src/protocol/view.ts';
import type { ColumnId, SectionId } from './state.ts';

export type Action =
  | { readonly type: 'host'; readonly message: ToView }
  | { readonly type: 'remembered'; readonly remembered: RememberedChoices }
  | { readonly type: 'choose-run'; readonly run: string }
  | { readonly type: 'toggle-compared'; readonly run: string }
  | { readonly type: 'choose-metric'; readonly metric: MetricId }
  /** The threshold's line is on its way; `undefined` gives up. */
  | { readonly type: 'draft-threshold'; readonly threshold: number | undefined }
  | { readonly type: 'set-threshold'; readonly threshold: number }
  /** Undefined follows the newest step again. */
  | { readonly type: 'choose-step'; readonly step: number | undefined }
  /** So many recorded steps onward, or back. */
  | { readonly type: 'step-by'; readonly rows: number }
  | { readonly type: 'hover-layer'; readonly layer: string | undefined }
  | { readonly type: 'point-layer'; readonly layer: string | undefined }
  /** So many layers towards the output, or the input. */
  | { readonly type: 'layer-by'; readonly layers: number }
  | { readonly type: 'toggle-section'; readonly section: SectionId }
  | { readonly type: 'open-section'; readonly section: SectionId }
  | { readonly type: 'sort'; readonly column: ColumnId };

/** What outlives the page. */
export interface RememberedChoices {
  readonly file: string | undefined;
  readonly selectedRun: string | undefined;
  readonly comparedRuns: readonly string[];
  readonly metric: MetricId | undefined;
  readonly step: number | undefined;
  readonly pointedLayer: string | undefined;
  readonly folded: readonly SectionId[];
}
