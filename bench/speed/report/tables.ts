/** The results as Markdown. */
import { isOwn, referenceLibrary } from '../comparison/entries.ts';
import { exponent, median, percent, spread, write } from './numbers.ts';
import type { Circumstances, GrowthResult, JobResult, ProductResult, Results } from './results.ts';

/** An outcome in its library's best setting. */
export interface Best {
  readonly library: string;
  readonly setting: string;
  readonly speed: number;
  /** Steps per second of processor time. */
  readonly bySpentTime: number;
  readonly spread: number;
  /** Median over the rounds of the speed relative to the best PyTorch setting in the same round; NaN without PyTorch. */
  readonly ratio: number;
}

/** What is compared: steps by the clock, or by the processor time that they took. */
type Measure = 'stepsPerSecond' | 'stepsPerProcessorSecond';

/** Of each library the setting with the highest median, the engine first. */
export function bestOfLibraries(
  { outcomes }: JobResult,
  measure: Measure = 'stepsPerSecond',
): readonly Best[] {
  const libraries = [...new Set(outcomes.map(({ library }) => library))];
  const best = libraries.map((library) =>
    outcomes
      .filter((outcome) => outcome.library === library)
      .reduce((a, b) => (median(b[measure]) > median(a[measure]) ? b : a)),
  );
  const reference = best.find(({ library }) => library === referenceLibrary)?.[measure] ?? [];
  return best.map(({ library, setting, stepsPerProcessorSecond, [measure]: speeds }) => ({
    library,
    setting,
    speed: median(speeds),
    bySpentTime: median(stepsPerProcessorSecond),
    spread: spread(speeds),
    ratio: median(speeds.map((speed, round) => speed / (reference[round] ?? Number.NaN))),
  }));
}

/** Everything about the comparison: circumstances, summary, a table for each job, the start. */
export function comparisonTables({ circumstances, peak, products, jobs, start }: Results): string {
  return [
    describe(circumstances),
    `Beside it: ${versions(jobs)}.`,
    `A core's 128-bit SIMD peak, measured: ${write(peak.best / 1e9)} GFLOP/s at best, ${write(peak.median / 1e9)} in the median.`,
    `Steps per second, relative to PyTorch in its best setting:\n\n${summary(jobs, 'stepsPerSecond')}`,
    `The same by the processor time that was spent, all threads together, which other programs of the machine disturb least:\n\n${summary(jobs, 'stepsPerProcessorSecond')}`,
    ...jobs.map((job) => `### ${job.name}\n\n${jobTable(job, peak.best)}`),
    productTable(products),
    `### Start\n\nFrom the text to the first step of ten layers: ${write(median(start.warm))} ms in a thread that stands ready (spread ${percent(spread(start.warm))}), ${write(start.cold)} ms with starting one from source.`,
  ].join('\n\n');
}

function versions(jobs: readonly JobResult[]): string {
  const others = jobs.flatMap(({ outcomes }) => outcomes).filter(({ library }) => !isOwn(library));
  return [...new Set(others.map(({ version }) => version))].join(', ');
}

/** Where and when, and whether the machine was quiet. */
export function describe({ date, processor, cores, node, load, rounds, seconds }: Circumstances): string {
  const busy = Math.max(...load) > cores + 0.5 || load[0] > 1.5;
  const noise = busy
    ? ' **The machine was busy with other work**: absolute speeds are too low and threads pay less than they would; ratios are of turns in the same round and carry over better.'
    : '';
  return `Measured on ${date}: ${processor}, ${cores} cores, Node ${node}; medians of ${rounds} rounds of ${seconds} s each, load ${load.map(write).join(' before and ')} after.${noise}`;
}

function summary(jobs: readonly JobResult[], measure: Measure): string {
  const libraries = [...new Set(jobs.flatMap((job) => job.outcomes.map(({ library }) => library)))];
  const rows = libraries.map((library) => {
    const cells = jobs.map((job) => {
      const best = bestOfLibraries(job, measure).find((candidate) => candidate.library === library);
      if (best === undefined) return '–';
      const text = write(best.ratio);
      return isOwn(library) ? `**${text}**` : text;
    });
    return [library, ...cells];
  });
  return table(['', ...jobs.map(({ name }) => name)], rows);
}

function jobTable(job: JobResult, peak: number): string {
  const rows = bestOfLibraries(job).map(({ library, setting, speed, bySpentTime, spread: apart, ratio }) => {
    const operations = speed * job.operationsPerStep;
    return [
      library,
      setting,
      write(speed),
      percent(apart),
      write(bySpentTime),
      write(ratio),
      write(operations / 1e9),
      percent(operations / peak),
    ];
  });
  const head = [
    '',
    'best setting',
    'steps/s',
    'spread',
    'by processor time',
    'to PyTorch',
    'GFLOP/s',
    "of one core's peak",
  ];
  const absences = job.absences.map(
    ({ library, setting, reason }) => `- ${library} (${setting}) does not take part: ${reason}`,
  );
  return [table(head, rows), ...(absences.length === 0 ? [] : [absences.join('\n')])].join('\n\n');
}

/** The products alone: the best turn, since every disturbance only slows down, beside the best of the peak. */
export function productTable(products: readonly ProductResult[]): string {
  const shapes = [...new Set(products.map(({ shape }) => shape.join(' x ')))];
  const rows = shapes.map((shape) => [
    shape,
    ...products
      .filter((product) => product.shape.join(' x ') === shape)
      .map(({ best, peak }) => `${write(best / 1e9)} (${percent(best / peak)})`),
  ]);
  const head = ['samples x inputs x outputs', 'x W', 'error Wᵀ', 'xᵀ error'];
  return `### Products\n\nThe engine's products alone, on one thread: GFLOP/s and share of the peak, the best of turns that alternate with the peak's kernel.\n\n${table(head, rows)}`;
}

/** Sizes, times, bytes and the fitted exponents. */
export function growthTables(results: readonly GrowthResult[]): string {
  return results
    .map((result) => {
      const judged = result.points.some(({ judgingMilliseconds }) => judgingMilliseconds !== undefined);
      const head = [result.what, judged ? 'run, ms' : 'step, ms', judged ? 'recording, MB' : 'memory, MB'];
      const rows = result.points.map(({ size, milliseconds, bytes, judgingMilliseconds }) => [
        size.toLocaleString('en-US'),
        write(milliseconds),
        write(bytes / 1e6),
        ...(judgingMilliseconds === undefined ? [] : [write(judgingMilliseconds)]),
      ]);
      const time = exponent(result.points.map(({ size, milliseconds }) => [size, milliseconds]));
      const memory = exponent(result.points.map(({ size, bytes }) => [size, bytes]));
      const words = `${result.setting}. Exponents, fitted to the upper half: time ${time.toFixed(2)}, memory ${memory.toFixed(2)}.`;
      return `### By ${result.of}\n\n${words}\n\n${table([...head, ...(judged ? ['verdict, ms'] : [])], rows)}`;
    })
    .join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
