/** Bands over the seeds of a run: where a layer's value lies with other weights and batches. */
import { bandName, bandOf } from '../../src/analysis/bands.ts';
import { quantitiesPerLayer, type Metric } from '../../src/analysis/metrics.ts';
import type { RecordedRows } from '../../src/engine/recording.ts';
import { nearestRow } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { metricSeries } from './series.ts';
import { medianLine, type LinePoint } from './thin.ts';

/** A place on the axis of layers or steps, and the band there; in the metric, or in units of the values' axis. */
export interface BandPoint {
  readonly x: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Seeds that a run's bands are made of, the shown one included; 1 where there are no bands. */
export function seedCount({ seeds }: ShownRun): number {
  return seeds.length + 1;
}

/** `10 seeds, 10–90 %`. */
export function seedsLabel(run: ShownRun): string {
  const count = seedCount(run);
  return `${count} seeds, ${bandName(count)}`;
}

/** The band of every layer at the step of a row. */
export function bandsAt(run: ShownRun, row: number, metric: Metric): BandPoint[] {
  const step = run.recording.rows.steps[row];
  if (step === undefined || run.seeds.length === 0) return [];
  const others = run.seeds
    .filter((seed) => reaches(seed, step))
    .map((seed) => ({ seed, at: nearestRow(seed.steps, step) }));
  return metricSeries(run, metric).flatMap(({ layer, values }): BandPoint[] => {
    const read = ({ seed, at }: (typeof others)[number]): number => valueOf(run, seed, at, layer, metric);
    const band = bandOf([values[row] ?? Number.NaN, ...others.map(read)].filter(Number.isFinite));
    return band === undefined ? [] : [{ x: layer, ...band }];
  });
}

/** Values that an axis must hold for the bands to be seen whole. */
export function seedBounds(run: ShownRun, metric: Metric): number[] {
  return run.seeds.flatMap((seed) =>
    run.header.layers.flatMap((_, layer) => {
      const values = Float64Array.from(seed.steps, (__, row) => valueOf(run, seed, row, layer, metric));
      const positive = values.filter((value) => value > 0 && Number.isFinite(value));
      if (positive.length === 0) return [];
      return [Math.min, Math.max].map((pick) => positive.reduce((best, value) => pick(best, value)));
    }),
  );
}

/** For those who do not see the bands: where the first and the last layer lie over the seeds. */
export function bandsInWords(run: ShownRun, bands: readonly BandPoint[] | undefined, metric: Metric): string {
  const ends = [bands?.[0], bands?.at(-1)].flatMap((band) => {
    const name = band && run.header.layers[band.x]?.name;
    return band === undefined || name === undefined
      ? []
      : [`${name} ${metric.format(band.low)} to ${metric.format(band.high)}`];
  });
  return ends.length === 0 ? '' : `; over ${seedsLabel(run)}: ${[...new Set(ends)].join(', ')}`;
}

/** The band of one layer over the steps, through the medians of stretches that its line goes through, in units of the axis. */
export function bandOverSteps(
  run: ShownRun,
  layer: number,
  metric: Metric,
  medians: readonly LinePoint[],
  position: (value: number) => number,
): BandPoint[] {
  if (run.seeds.length === 0) return [];
  const others = run.seeds.map((seed) => {
    const values = Float64Array.from(seed.steps, (_, row) => valueOf(run, seed, row, layer, metric));
    return { seed, line: medianLine(seed.steps, values, position) };
  });
  return medians.flatMap(({ x, y }): BandPoint[] => {
    const there = others.filter(({ seed }) => reaches(seed, x)).map(({ line }) => heightAt(line, x));
    const band = bandOf([y, ...there].filter(Number.isFinite));
    return band === undefined ? [] : [{ x, ...band }];
  });
}

/** A seed that diverged or was stopped has nothing to say of later steps. */
function reaches({ steps }: RecordedRows, step: number): boolean {
  const last = steps.at(-1);
  return last !== undefined && step <= last;
}

function valueOf(run: ShownRun, seed: RecordedRows, row: number, layer: number, metric: Metric): number {
  const { layers } = run.header;
  const offset = (row * layers.length + layer) * quantitiesPerLayer;
  return metric.read(seed.values, offset, layers[layer]?.parameters ?? Number.NaN);
}

/** The line's height at a step, straight between its points. */
function heightAt(line: readonly LinePoint[], x: number): number {
  const after = line.findIndex((point) => point.x >= x);
  const [next, before] = [line[after] ?? line.at(-1), line[after - 1]];
  if (next === undefined) return Number.NaN;
  if (before === undefined || next.x === before.x) return next.y;
  return before.y + ((next.y - before.y) * (x - before.x)) / (next.x - before.x);
}
