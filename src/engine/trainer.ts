/** Training runs: prepared from a checked network, advanced in slices of time, finished with a result. */
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents, RunFailure } from '../protocol/worker.ts';
import { Batches } from './batches.ts';
import { openData, type TrainingData } from './data/prepare.ts';
import { hasRelaxedArithmetic } from './kernels/load.ts';
import { buildGraph, type Graph } from './graph.ts';
import { judgeData } from './judgeData.ts';
import { constantLoss, encodeTargets, targetSize } from './losses.ts';
import { mostBytes } from './memory.ts';
import {
  recordedQuantities,
  type DataSetStatistics,
  type GradientHistogram,
  type RecordedLayer,
  type RecordedRows,
  type RunEnd,
  type RunResult,
} from './recording.ts';
import { layOut, Session } from './session.ts';
import type { ThreadHost } from './team.ts';
import { drawParameters, exportParameters, loadWeights, type NamedTensor } from './weights.ts';

/** Gradient histograms of a run at most. */
const mostHistograms = 128;
/** Milliseconds that one call into the kernels should take: a stop is heard between calls. */
const callMilliseconds = 8;

const relaxedNote = 'computed with fast math: the last digits may differ on another machine';
const strictNote = 'fast math was asked for, but this version of Node has none: computed without it';

/** A prepared run. Synchronous: nothing happens but in `advance` and `finish`. */
export interface Run {
  /** Layers with parameters, from input to output. */
  readonly layers: readonly RecordedLayer[];
  readonly parameters: number;
  readonly plannedSteps: number;
  /** Bytes of its memory. */
  readonly bytes: number;
  /** What a person should know about the data although it is no error. */
  readonly notes: readonly string[];
  /** Trains for about so long, at least one step; `end` is set once nothing is left to do. */
  advance(milliseconds: number): Advance;
  /** Judges the network as it is now. */
  finish(end: RunEnd): RunResult;
  /** The parameters as they are now, under PyTorch's names. */
  weights(): readonly NamedTensor[];
}

export interface Advance {
  readonly rows: RecordedRows;
  readonly histograms: GradientHistogram[];
  readonly end: RunEnd | undefined;
}

export type PreparedRun =
  { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly failure: RunFailure };

export interface RunOptions {
  /** Bytes above which a run is refused. */
  readonly memoryLimit: number;
  /** Threads that may help; without it the run keeps to the one that calls it. */
  readonly threads?: ThreadHost;
  /** Relaxed arithmetic where this machine has it; otherwise the run says that it has not. */
  readonly fastMath?: boolean;
}

/** Plans a run and, where it fits into `memoryLimit` bytes, allocates it, reads its data and draws its weights. */
export function prepareRun(network: CheckedNetwork, files: FileContents, options: RunOptions): PreparedRun {
  const use = { input: network.input, loss: network.train.loss, outputShape: network.outputShape };
  const opened = openData(network.data, network.input, files, use);
  if (!opened.ok) return opened;
  const { facts } = opened;
  const largestBatch =
    network.train.batch === 'all' ? facts.samples : Math.min(network.train.batch, facts.samples);
  const graph = buildGraph(network, facts.target, {
    samples: facts.samples,
    batch: largestBatch,
    threads: options.threads?.count ?? 1,
  });
  const addresses = layOut(graph);
  const { bytes } = graph.plan.arena;
  if (bytes > Math.min(options.memoryLimit, mostBytes)) return tooLarge(network, bytes, options.memoryLimit);
  const prepared = opened.prepare();
  if (!prepared.ok) return prepared;
  const { data } = prepared;
  const batches = new Batches(data.trainCount, network.train.batch, network.train.seed);
  const { duration } = network.train;
  const plannedSteps = 'steps' in duration ? duration.steps : duration.epochs * batches.stepsPerEpoch;
  const fastMath = options.fastMath === true;
  const relaxed = fastMath && hasRelaxedArithmetic();
  const session = new Session(network, graph, addresses, data, plannedSteps, {
    threads: options.threads,
    arithmetic: relaxed ? 'relaxed' : 'strict',
  });
  drawParameters(graph, session.memory, network.train.seed);
  const failure = loadWeights(network, graph, session.memory, files);
  if (failure !== undefined) return { ok: false, failure };
  const notes = fastMath ? [...data.notes, relaxed ? relaxedNote : strictNote] : data.notes;
  return { ok: true, run: new TrainingRun(network, session, { ...data, notes }, batches, plannedSteps) };
}

function tooLarge(network: CheckedNetwork, bytes: number, limit: number): PreparedRun {
  const size = (count: number): string =>
    `${(count / 2 ** 20).toLocaleString('en-US', { maximumFractionDigits: 0 })} MiB`;
  const allowed = size(Math.min(limit, mostBytes));
  const message = `${network.name} needs ${size(bytes)} of memory to train, more than the ${allowed} allowed`;
  return { ok: false, failure: { rule: 'memory-limit', message, line: network.line } };
}

/** The layers that a graph records, as consumers of a recording know them. */
function recordedLayers(network: CheckedNetwork, graph: Graph): readonly RecordedLayer[] {
  return graph.recorded.map(({ block, activation, time }) => {
    const { name, kind, parameters, line } = network.layers[block.layer];
    return {
      name,
      kind,
      parameters,
      line,
      ...(activation === undefined ? {} : { activation }),
      ...(time === undefined ? {} : { timeSteps: time.steps }),
    };
  });
}

class TrainingRun implements Run {
  readonly layers: readonly RecordedLayer[];
  readonly parameters: number;
  readonly plannedSteps: number;
  readonly bytes: number;
  readonly notes: readonly string[];
  private readonly network: CheckedNetwork;
  private readonly session: Session;
  private readonly data: TrainingData;
  private readonly batches: Batches;
  private readonly histogramStride: number;
  private before: DataSetStatistics | undefined;
  private step = 0;
  private milliseconds = 0;
  private diverged = false;
  /** Steps that the next call should do. */
  private callSteps = 1;

  constructor(
    network: CheckedNetwork,
    session: Session,
    data: TrainingData,
    batches: Batches,
    plannedSteps: number,
  ) {
    this.network = network;
    this.session = session;
    this.data = data;
    this.batches = batches;
    this.plannedSteps = plannedSteps;
    this.layers = recordedLayers(network, session.graph);
    this.parameters = network.parameters;
    this.bytes = session.graph.plan.arena.bytes;
    this.notes = data.notes;
    this.histogramStride = Math.max(1, Math.ceil(plannedSteps / mostHistograms));
  }

  advance(milliseconds: number): Advance {
    const start = performance.now();
    this.judgeBefore();
    const chunks: Float64Array[] = [];
    const histograms: GradientHistogram[] = [];
    const firstStep = this.step;
    while (!this.diverged && this.step < this.plannedSteps) {
      this.callHelpers(performance.now() - start);
      chunks.push(this.learn(histograms));
      if (performance.now() - start >= milliseconds) break;
    }
    this.milliseconds += performance.now() - start;
    const finished = this.step >= this.plannedSteps ? 'completed' : undefined;
    return { rows: this.select(chunks, firstStep), histograms, end: this.diverged ? 'diverged' : finished };
  }

  finish(end: RunEnd): RunResult {
    this.session.team.dismiss();
    this.judgeBefore();
    const { session, data, network } = this;
    const { loss } = session.graph;
    const { outputShape, train } = network;
    const targets = encodeTargets(train.loss, loss, outputShape, data);
    const trained = targets.subarray(0, data.trainCount * targetSize(loss, outputShape));
    return {
      end,
      steps: this.step,
      seconds: this.milliseconds / 1000,
      seed: train.seed,
      parameters: this.parameters,
      constantLoss: constantLoss(train.loss, outputShape, loss, trained),
      before: this.before!,
      after: end === 'diverged' ? undefined : judgeData(session, data.trainCount, data.testCount),
    };
  }

  weights(): readonly NamedTensor[] {
    return exportParameters(this.session.graph, this.session.memory);
  }

  private judgeBefore(): void {
    this.before ??= judgeData(this.session, this.data.trainCount, this.data.testCount);
  }

  /** `current` are the milliseconds of the slice that is under way. */
  private callHelpers(current: number): void {
    const elapsed = this.milliseconds + current;
    const remaining = (elapsed / this.step) * (this.plannedSteps - this.step);
    if (this.step > 0) this.session.team.callHelpers(elapsed, remaining);
  }

  /** One call into the kernels; it ends where a histogram is due, since only the last step's gradients are in memory. */
  private learn(histograms: GradientHistogram[]): Float64Array {
    const { session, plannedSteps, histogramStride: stride } = this;
    const untilHistogram = (stride - (this.step % stride)) % stride;
    const { threads, share } = session.team.choose();
    const wanted = Math.max(1, Math.floor(share * this.callSteps));
    const steps = Math.min(wanted, session.mostSteps, plannedSteps - this.step, untilHistogram + 1);
    const batches = Array.from({ length: steps }, () => this.batches.next());
    const start = performance.now();
    const rows = session.learn(batches, this.step, threads);
    const taken = (performance.now() - start) / steps;
    session.team.report(threads, taken);
    this.callSteps = Math.max(1, Math.floor(callMilliseconds / Math.max(taken, 1e-3)));
    const done = rows.length / session.graph.recordLength;
    this.step += done;
    const last = rows.subarray((done - 1) * session.graph.recordLength);
    this.diverged = done < steps || !isSound(last, this.layers.length);
    if ((this.step - 1) % stride === 0) histograms.push(session.histogram(this.step - 1));
    return rows;
  }

  /** Every `every`-th row, and the one where the run diverged. */
  private select(chunks: readonly Float64Array[], firstStep: number): RecordedRows {
    const { recordLength } = this.session.graph;
    const { every } = this.network.analyze;
    const valueCount = this.layers.length * recordedQuantities.length;
    const rows = chunks.flatMap((chunk) =>
      Array.from({ length: chunk.length / recordLength }, (_, row) =>
        chunk.subarray(row * recordLength, (row + 1) * recordLength),
      ),
    );
    const isKept = (step: number): boolean => step % every === 0 || (this.diverged && step === this.step - 1);
    const kept = rows.flatMap((row, index) =>
      isKept(firstStep + index) ? [{ row, step: firstStep + index }] : [],
    );
    const values = new Float64Array(kept.length * valueCount);
    const timeCount = recordLength - 1 - valueCount;
    const timeErrors = new Float64Array(kept.length * timeCount);
    kept.forEach(({ row }, index) => {
      values.set(row.subarray(1, 1 + valueCount), index * valueCount);
      timeErrors.set(row.subarray(1 + valueCount), index * timeCount);
    });
    return {
      steps: Float64Array.from(kept, ({ step }) => step),
      loss: Float64Array.from(kept, ({ row }) => row[0]),
      values,
      timeErrors,
    };
  }
}

/** The loss and every layer's gradient norm are finite. */
function isSound(row: Float64Array, layers: number): boolean {
  const norms = Array.from({ length: layers }, (_, layer) => row[1 + layer * recordedQuantities.length]);
  return Number.isFinite(row[0]) && norms.every(Number.isFinite);
}
