/** A network held against a whole data set, without learning from it. */
import type { DataSetStatistics } from './recording.ts';
import type { RecordedPlan } from './plan.ts';
import type { Session } from './session.ts';
import { sumsBytes } from './kernels/assembly/codes.ts';

/** Samples that are judged at most, evenly spread over a larger set. */
const mostSamples = 10_000;
const fewestSamples = 256;
/** Products of a weight and an input that judging may take: a tenth of a second, so that a stop is answered at once. */
const mostProducts = 1e9;

/** Samples of a set that are judged: all of them, unless the set or the network is large. */
function samplesToJudge({ graph }: Session, count: number): number {
  const products = graph.recorded.reduce((sum, { block, before }) => sum + block.length * before.rows, 1);
  const affordable = Math.max(fewestSamples, Math.floor(mostProducts / products));
  return Math.min(count, mostSamples, affordable);
}

/** Places in a block's sums: see `Tensor.sums`; the loss's are its sum and the right answers. */
const saturatedPlace = 3;

/** Sums over the batches of a data set. */
interface Sums {
  loss: number;
  right: number;
  samples: number;
  readonly saturated: Float64Array;
  /** For each recorded layer the units that were not zero for some sample. */
  readonly fired: readonly Uint8Array[];
  readonly outputs: Float64Array[];
}

/** Judges the training samples 0 … `trainCount` − 1 and the `testCount` behind them. */
export function judgeData(session: Session, trainCount: number, testCount: number): DataSetStatistics {
  const { recorded, loss } = session.graph;
  const train = judgeRange(session, 0, trainCount);
  const test = testCount === 0 ? undefined : judgeRange(session, trainCount, testCount);
  const outcome = (sums: Sums): { loss: number; accuracy: number | undefined } => ({
    loss: sums.loss / (sums.samples * loss.terms),
    accuracy: loss.classes ? sums.right / (sums.samples * answersOf(session)) : undefined,
  });
  return {
    ...outcome(train),
    test: test === undefined ? undefined : outcome(test),
    deadShare: Float64Array.from(recorded, (layer, index) => {
      const units = train.fired[index];
      return layer.mortal ? units.reduce((dead, fired) => dead + 1 - fired, 0) / units.length : Number.NaN;
    }),
    saturation: Float64Array.from(recorded, ({ saturable, before }, index) =>
      saturable ? train.saturated[index] / (train.samples * before.rows * before.features) : Number.NaN,
    ),
    outputDeviation: deviation(train.outputs),
  };
}

/** Answers a sample: one, or one a row on sequences. */
function answersOf({ graph }: Session): number {
  return graph.output.rows;
}

function judgeRange(session: Session, from: number, count: number): Sums {
  const { graph, memory } = session;
  const { samples: batchSize, blockSamples } = graph.plan;
  const sums: Sums = {
    loss: 0,
    right: 0,
    samples: samplesToJudge(session, count),
    saturated: new Float64Array(graph.recorded.length),
    fired: graph.recorded.map(({ after }) => new Uint8Array(after.features)),
    outputs: [],
  };
  for (let start = 0; start < sums.samples; start += batchSize) {
    const size = Math.min(batchSize, sums.samples - start);
    const batch = Uint32Array.from(
      { length: size },
      (_, index) => from + Math.floor(((start + index) * count) / sums.samples),
    );
    session.judge(batch);
    const blocks = Math.ceil(size / blockSamples);
    for (let block = 0; block < blocks; block++) {
      const [loss = 0, right = 0] = memory.doubles(graph.lossSums + block * sumsBytes, 2);
      sums.loss += loss;
      sums.right += right;
      graph.recorded.forEach((layer, index) => {
        if (layer.saturable)
          sums.saturated[index] += memory.view.getFloat64(
            layer.before.sums + block * sumsBytes + 8 * saturatedPlace,
            true,
          );
        markFired(sums.fired[index], layer, block, session);
      });
    }
    collectOutputs(session, size, sums.outputs);
  }
  return sums;
}

function markFired(fired: Uint8Array, { after }: RecordedPlan, block: number, { memory }: Session): void {
  const step = memory.width / 4;
  const marks = memory.words(after.marks + block * after.stride * memory.width, after.stride * step);
  for (let unit = 0; unit < fired.length; unit++) {
    if (marks[unit * step] !== 0) fired[unit] = 1;
  }
}

function collectOutputs({ graph, memory }: Session, samples: number, outputs: Float64Array[]): void {
  const { value, rows, features, stride } = graph.output;
  const start = value / memory.width;
  for (let sample = 0; sample < samples; sample++) {
    const output = new Float64Array(rows * features);
    for (let row = 0; row < rows; row++) {
      const place = start + (sample * rows + row) * stride;
      output.set(memory.numbers.subarray(place, place + features), row * features);
    }
    outputs.push(output);
  }
}

/** Mean over samples of the distance of the output from its mean. */
function deviation(outputs: readonly Float64Array[]): number {
  const mean = new Float64Array(outputs[0]?.length ?? 0);
  for (const output of outputs) output.forEach((entry, index) => (mean[index] += entry / outputs.length));
  const distance = (output: Float64Array): number =>
    Math.sqrt(output.reduce((sum, entry, index) => sum + (entry - mean[index]) ** 2, 0));
  return outputs.reduce((sum, output) => sum + distance(output), 0) / outputs.length;
}
