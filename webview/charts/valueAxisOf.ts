/** The axis of the shown metric over whole runs, so that it stays where it is while the step is moved. */
import type { Metric } from '../../src/analysis/metrics.ts';
import type { ShownRun } from '../state/state.ts';
import { metricSeries } from './series.ts';
import { linearAxis, logarithmicAxis, type ValueAxis } from './valueAxis.ts';

/** Axis over every layer and step of these runs and over `further` values, such as predictions. */
export function runsAxis(
  runs: readonly ShownRun[],
  metric: Metric,
  threshold: number | undefined,
  further: readonly number[] = [],
): ValueAxis {
  const lists = runs.flatMap((run) => metricSeries(run, metric).map(({ values }) => values));
  return metric.scale === 'linear'
    ? linearAxis(lists)
    : logarithmicAxis([...lists, further], threshold === undefined ? [] : [threshold]);
}
