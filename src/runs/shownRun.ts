/** What the view shows: a run of this editor, or a log that another one left. */
import type { Thresholds } from '../analysis/verdict.ts';
import type { Recording } from '../engine/recording.ts';
import type { RunHeader } from '../protocol/view.ts';

export interface ShownRun {
  readonly id: string;
  /** Undefined before anything was recorded. */
  readonly recording: Recording | undefined;
  /** What the seeds besides the one that is shown have recorded, as far as they have ended; a log has none. */
  otherSeeds?(): readonly Recording[];
  header(): RunHeader;
  /** Judges anew, with other thresholds. */
  judgeBy(thresholds: Thresholds): void;
}
