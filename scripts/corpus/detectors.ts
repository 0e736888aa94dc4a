/** Published detectors that compare one number with one threshold, on the recordings that our rules judge. */
import type { Recording } from '../../src/engine/recording.ts';
import { finalWindow, profileOf, type Profile, type Window } from '../../src/analysis/profile.ts';

export interface Detector {
  readonly name: string;
  /** Says "vanishing" of the profiles at one stretch of a run. */
  readonly alarm: (profiles: { readonly norm: Profile; readonly mean: Profile }) => boolean;
}

/** The four thresholds in use, as their papers state them. */
export const detectors: readonly Detector[] = [
  { name: 'mean \\|g\\| < 1e-7 in a layer', alarm: ({ mean }) => mean.smallest < 1e-7 },
  { name: 'mean \\|g\\| < 1e-6 in a layer', alarm: ({ mean }) => mean.smallest < 1e-6 },
  { name: 'norm < 1e-7 in a layer', alarm: ({ norm }) => norm.smallest < 1e-7 },
  {
    name: 'first/last < 1e-3 and first < 1e-4',
    alarm: ({ mean }) => mean.first < 1e-4 && mean.first < 1e-3 * mean.last,
  },
];

/** Whether a detector raises an alarm at the end of a run, and whether it does at any of twenty stretches of it. */
export function alarms(
  detector: Detector,
  recording: Recording,
): { readonly atEnd: boolean; readonly ever: boolean } {
  const rows = recording.rows.steps.length;
  const at = (window: Window): boolean =>
    detector.alarm({
      norm: profileOf(recording, 'norm', window),
      mean: profileOf(recording, 'meanAbsolute', window),
    });
  const stretches = Array.from({ length: 20 }, (_, part): Window => {
    const from = Math.min(rows - 1, Math.floor((part * rows) / 20));
    return { from, to: Math.max(from + 1, Math.floor(((part + 1) * rows) / 20)) };
  });
  return { atEnd: at(finalWindow(recording)), ever: stretches.some(at) };
}
