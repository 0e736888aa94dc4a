/** What the view shows: a run of this editor, or a log that another one left. */
import type { Thresholds } from '../analysis/verdict.ts';
import type { Recording } from '../engine/recording.ts';
import type { RunHeader } from '../protocol/view.ts';

export interface ShownRun {
  readonly id: string;
  /** Undefined before anything was recorded. */
  readonly recording: Recording | undefined;
  header(): RunHeader;
  /** Judges anew, with other thresholds. */
  judgeBy(thresholds: Thresholds): void;
}
