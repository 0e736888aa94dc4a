/** How time and memory grow with depth, width, batch and steps, the engine alone on one thread. */
import { judge } from '../../../src/analysis/judge.ts';
import { mergeThresholds } from '../../../src/analysis/thresholds.ts';
import { Recorder } from '../../../src/engine/recorder.ts';
import type { RecordedRows } from '../../../src/engine/recording.ts';
import type { CheckedNetwork } from '../../../src/language/network.ts';
import { openRun } from '../comparison/exchange.ts';
import { openNetwork } from '../comparison/jobs.ts';
import { median } from '../report/numbers.ts';
import type { GrowthPoint, GrowthResult } from '../report/results.ts';

const batch = 32;

/** Sizes of each series, doubling or more; the quick ones end early. */
const sizes = {
  depth: [4, 8, 16, 32, 64, 128, 256, 512, 1024],
  width: [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096],
  batch: [1, 4, 16, 64, 256, 1024, 4096],
  steps: [1000, 10_000, 100_000, 1_000_000],
};
const quickLargest = { depth: 64, width: 256, batch: 256, steps: 10_000 };

/** Measures every series; each point takes about `seconds`, but one that is slower takes what three steps take. */
export function measureGrowth(seconds: number, quick: boolean): readonly GrowthResult[] {
  const sizesOf = (of: keyof typeof sizes): readonly number[] =>
    sizes[of].filter((size) => !quick || size <= quickLargest[of]);
  const time = (of: 'depth' | 'width' | 'batch', network: (size: number) => CheckedNetwork): GrowthPoint[] =>
    sizesOf(of).map((size) => ({ size, ...timeStep(network(size), seconds) }));
  return [
    {
      of: 'depth',
      what: 'layers',
      setting: `dense 32 tanh, batch ${batch}`,
      points: time('depth', (depth) => perceptron({ depth, width: 32, batch })),
    },
    {
      of: 'width',
      what: 'units a layer',
      setting: `three layers of tanh, batch ${batch}`,
      points: time('width', (width) => perceptron({ depth: 3, width, batch })),
    },
    {
      of: 'batch',
      what: 'samples a batch',
      setting: 'ten layers of dense 64 tanh',
      points: time('batch', (samples) => perceptron({ depth: 10, width: 64, batch: samples })),
    },
    {
      of: 'steps',
      what: 'steps',
      setting: `four layers of dense 8 tanh, batch ${batch}`,
      points: sizesOf('steps').map(recordSteps),
    },
  ];
}

interface Perceptron {
  readonly depth: number;
  readonly width: number;
  readonly batch: number;
  readonly steps?: number;
}

/** `depth` layers, the input as wide as they are, one output. */
function perceptron({ depth, width, batch: samples, steps = 1_000_000 }: Perceptron): CheckedNetwork {
  const network = `network growing {\ninput ${width}\nrepeat ${depth - 1} { dense ${width} tanh }\ndense 1\n}`;
  return openNetwork(network, { batch: samples, data: 'gaussian', loss: 'mse', steps });
}

/** Median milliseconds of a step, and bytes of the run. */
function timeStep(network: CheckedNetwork, seconds: number): Omit<GrowthPoint, 'size'> {
  const run = openRun(network);
  run.advance(100 * seconds); // Compilers warm up.
  const turns = Array.from({ length: 9 }, () => {
    const start = performance.now();
    const { rows } = run.advance(100 * seconds);
    return (performance.now() - start) / rows.steps.length;
  });
  return { milliseconds: median(turns), bytes: run.bytes };
}

/** Trains for so many steps and records each, as a host does; then judges what was recorded. */
function recordSteps(steps: number): GrowthPoint {
  const network = perceptron({ depth: 4, width: 8, batch, steps });
  const run = openRun(network);
  const recorder = new Recorder(run.layers);
  const start = performance.now();
  for (;;) {
    const { rows, histograms, end } = run.advance(20);
    recorder.add(rows, histograms);
    if (end !== undefined) break;
  }
  const trained = performance.now();
  judge(recorder, run.finish('completed'), network, mergeThresholds(network.analyze));
  return {
    size: steps,
    milliseconds: trained - start,
    bytes: bytesOf(recorder.rows),
    judgingMilliseconds: performance.now() - trained,
  };
}

function bytesOf({ steps, loss, values, timeErrors }: RecordedRows): number {
  return [steps, loss, values, timeErrors].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
