/** Which thresholds hold for a network. */
import type { AnalyzeSettings } from '../language/network.ts';
import { defaultThresholds, type Thresholds } from './verdict.ts';

/** The file's own `analyze` block wins over the user's settings. */
export function mergeThresholds(file: AnalyzeSettings, user: Thresholds = defaultThresholds): Thresholds {
  return {
    threshold: file.threshold ?? user.threshold,
    explode: file.explode ?? user.explode,
    ratio: file.ratio ?? user.ratio,
    metric: file.metric ?? user.metric,
  };
}
