/** A planned network with its memory: steps are run here, whoever asks for them. */
import type { CheckedNetwork } from '../language/network.ts';
import type { TrainingData } from './data/prepare.ts';
import type { Graph } from './graph.ts';
import { roundUp } from './arena.ts';
import { controlBytes, stepBytes } from './kernels/assembly/codes.ts';
import type { Arithmetic } from './kernels/load.ts';
import { channelsLast, encodeTargets } from './losses.ts';
import { RunMemory } from './memory.ts';
import { biasCorrection } from './optimizers.ts';
import { readTensor, type ParameterBlock } from './parameters.ts';
import { programBytes, writeProgram, type Operation } from './program.ts';
import { histogramBins, type GradientHistogram } from './recording.ts';
import { scheduleFactor } from './schedule.ts';
import { Team, type ThreadHost } from './team.ts';

/** Bytes that a call's rows, and its orders, may take. */
const ringBytes = 4 * 2 ** 20;
const mostStepsPerCall = 512;
/** What packing matrices needs: 256 rows of 256 columns in panels, and of four columns. */
const scratchBytes = 2 ** 20;

interface Addresses {
  readonly learning: number;
  readonly judging: number;
  readonly table: number;
  readonly orders: number;
  readonly ring: number;
  readonly scratch: number;
  readonly counts: number;
  readonly control: number;
}

/** Steps that one call can hold for this graph. */
function stepsPerCall(graph: Graph): number {
  const bytes = Math.max(8 * graph.recordLength, 4 * graph.plan.samples);
  return Math.max(1, Math.min(mostStepsPerCall, Math.floor(ringBytes / bytes)));
}

/** Completes the plan with what running takes; the arena's bytes are then the run's. */
export function layOut(graph: Graph): Addresses {
  const { arena, samples } = graph.plan;
  const steps = stepsPerCall(graph);
  return {
    learning: arena.allocate(programBytes(graph.learning.length)),
    judging: arena.allocate(programBytes(graph.judging.length)),
    table: arena.allocate(steps * stepBytes),
    orders: arena.allocate(steps * roundUp(samples, 4) * 4),
    ring: arena.allocate(steps * graph.recordLength * 8),
    scratch: graph.plan.forThreads(scratchBytes),
    counts: arena.allocate(histogramBins * 4),
    control: arena.allocate(controlBytes),
  };
}

/** How a session computes: with help, and how it rounds. */
export interface SessionOptions {
  readonly threads?: ThreadHost | undefined;
  readonly arithmetic?: Arithmetic;
}

export class Session {
  readonly memory: RunMemory;
  readonly graph: Graph;
  readonly mostSteps: number;
  readonly team: Team;
  private readonly addresses: Addresses;
  private readonly network: CheckedNetwork;
  private readonly plannedSteps: number;

  constructor(
    network: CheckedNetwork,
    graph: Graph,
    addresses: Addresses,
    data: TrainingData,
    plannedSteps: number,
    { threads, arithmetic }: SessionOptions = {},
  ) {
    this.network = network;
    this.graph = graph;
    this.addresses = addresses;
    this.plannedSteps = plannedSteps;
    this.mostSteps = stepsPerCall(graph);
    const { plan } = graph;
    this.memory = new RunMemory(plan.arena.bytes, plan.width, threads !== undefined, arithmetic);
    const { memory } = this;
    this.team = new Team(memory, addresses.control, threads, Math.ceil(plan.samples / plan.blockSamples));
    memory.numbers.set(channelsLast(data.inputs, network.input.shape), graph.data / plan.width);
    const targets = encodeTargets(network.train.loss, graph.loss, network.outputShape, data);
    if (graph.loss.indices) memory.integers.set(targets, graph.targets / 4);
    else memory.numbers.set(targets, graph.targets / plan.width);
    writeProgram(memory.view, addresses.learning, graph.learning);
    writeProgram(memory.view, addresses.judging, graph.judging);
    for (const { address, length, value } of plan.fills) {
      memory.numbers.fill(value, address / plan.width, address / plan.width + length);
    }
    for (const { address, entries } of plan.tables) memory.words(address, entries.length).set(entries);
  }

  /** Trains on the batches, the first of which leads to update number `firstStep`; returns the rows of the steps that were done. */
  learn(batches: readonly Uint32Array[], firstStep: number, threads = 1): Float64Array {
    const { optimizer, schedule } = this.network.train;
    batches.forEach((batch, place) => {
      const step = firstStep + place;
      const adaptive = optimizer.name === 'adam' || optimizer.name === 'adamw';
      this.writeStep(place, batch, [
        step,
        optimizer.lr * scheduleFactor(schedule, step, this.plannedSteps),
        adaptive ? biasCorrection(optimizer.beta1, step) : 1,
        adaptive ? biasCorrection(optimizer.beta2, step) : 1,
      ]);
    });
    const done = this.run(this.addresses.learning, this.graph.learning, batches.length, threads);
    return this.memory.doubles(this.addresses.ring, done * this.graph.recordLength).slice();
  }

  /** Judges one batch: the sums in memory are then of its samples. */
  judge(batch: Uint32Array): void {
    this.writeStep(0, batch, [0, 0, 1, 1]);
    this.run(this.addresses.judging, this.graph.judging, 1, 'judging');
  }

  /** Counts of the entries of the last step's gradients. */
  histogram(step: number): GradientHistogram {
    const { recorded } = this.graph;
    const counts = new Uint32Array(recorded.length * histogramBins);
    const bins = this.memory.words(this.addresses.counts, histogramBins);
    recorded.forEach(({ block }, layer) => {
      bins.fill(0);
      this.memory.histogram(block.gradient, block.length, this.addresses.counts);
      this.takeOutPadding(block, bins);
      counts.set(bins, layer * histogramBins);
    });
    return { step, counts };
  }

  /** The padding counts as zeros, but where a run has diverged infinity times zero may have reached some of it. */
  private takeOutPadding({ gradient, length, tensors }: ParameterBlock, bins: Uint32Array): void {
    const last = histogramBins - 1;
    const { numbers, width } = this.memory;
    let padding = length - tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    if (bins[last] > 0) {
      const own = tensors.flatMap((tensor) => [...readTensor(numbers, gradient / width, tensor)]);
      const notFinite = own.filter((entry) => !Number.isFinite(entry)).length;
      padding -= bins[last] - notFinite;
      bins[last] = notFinite;
    }
    bins[0] -= padding;
  }

  private run(
    program: number,
    operations: readonly Operation[],
    steps: number,
    threads: number | 'judging',
  ): number {
    const { memory, addresses, graph } = this;
    const judging = threads === 'judging';
    memory.kernels.configure(graph.plan.blockSamples, addresses.scratch, scratchBytes, Number(judging));
    return memory.run(
      program,
      operations.length,
      addresses.table,
      steps,
      addresses.control,
      judging ? 1 : threads,
    );
  }

  private writeStep(place: number, batch: Uint32Array, numbers: readonly number[]): void {
    const { table, orders, ring } = this.addresses;
    const { view, integers } = this.memory;
    const order = orders + place * roundUp(this.graph.plan.samples, 4) * 4;
    integers.set(batch, order / 4);
    const entry = table + place * stepBytes;
    view.setInt32(entry, batch.length, true);
    view.setUint32(entry + 4, ring + place * this.graph.recordLength * 8, true);
    view.setUint32(entry + 8, order, true);
    numbers.forEach((number, index) => view.setFloat64(entry + 16 + 8 * index, number, true));
  }
}
