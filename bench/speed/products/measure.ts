/**
 * The engine's matrix products alone, on one thread, in alternation with the peak: forward, the error handed back and the
 * weights' gradient of one dense layer, as a step runs them.
 */
import { Arena } from '../../../src/engine/arena.ts';
import {
  codeMultiply,
  codeMultiplyError,
  codeWeightGradient,
  operationBytes,
  phaseRows,
  stepBytes,
} from '../../../src/engine/kernels/assembly/codes.ts';
import { RunMemory } from '../../../src/engine/memory.ts';
import { programBytes, writeProgram, type Operation } from '../../../src/engine/program.ts';
import { openPeak, operationsOfRound } from '../peak/measure.ts';
import { median } from '../report/numbers.ts';
import type { ProductResult } from '../report/results.ts';

/** Samples, inputs and outputs of the layers: those of the jobs S, M and L. All are multiples of eight. */
const shapes = [
  [32, 32, 32],
  [64, 128, 128],
  [128, 512, 512],
  [128, 784, 512],
] as const;
const kinds: readonly ProductResult['kind'][] = ['forward', 'error', 'gradient'];
/** What packing takes at most. */
const scratchBytes = 2 ** 20;
/** Some quarter of a millisecond: short enough to be left alone now and then on a busy machine. */
const operationsOfTurn = 1e7;
const turns = 400;

/** Speeds of every shape and kind. */
export async function measureProducts(): Promise<readonly ProductResult[]> {
  const peak = await openPeak();
  return shapes.flatMap((shape) => {
    const [samples, inputs, outputs] = shape;
    const layer = openLayer(samples, inputs, outputs);
    return kinds.map((kind, place): ProductResult => {
      const speeds: number[] = [];
      const peaks: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        speeds.push(layer(place));
        peaks.push(peak(operationsOfTurn / operationsOfRound));
      }
      // The first half is for the optimising compiler.
      const [warm, warmPeaks] = [speeds.slice(turns / 2), peaks.slice(turns / 2)];
      return { kind, shape, median: median(warm), best: Math.max(...warm), peak: Math.max(...warmPeaks) };
    });
  });
}

/** A layer's three products; answers with the floating-point operations per second of a turn of the product at a place. */
function openLayer(samples: number, inputs: number, outputs: number): (place: number) => number {
  const arena = new Arena();
  const allocate = (numbers: number): number => arena.allocate(4 * numbers);
  const [x, z] = [allocate(samples * inputs), allocate(samples * outputs)];
  const [xError, zError] = [allocate(samples * inputs), allocate(samples * outputs)];
  const [weights, gradient] = [allocate(inputs * outputs), allocate(inputs * outputs)];
  const bias = allocate(outputs);
  const operations: readonly Operation[] = [
    { code: codeMultiply, phase: phaseRows, integers: [x, inputs, weights, bias, z, outputs, 1] },
    {
      code: codeMultiplyError,
      phase: phaseRows,
      integers: [zError, outputs, weights, 0, xError, inputs, 1, 0],
    },
    {
      code: codeWeightGradient,
      phase: phaseRows,
      integers: [x, inputs, zError, outputs, gradient, 0, 1, 0],
    },
  ];
  const program = arena.allocate(programBytes(operations.length));
  const repetitions = Math.max(1, Math.round(operationsOfTurn / (2 * samples * inputs * outputs)));
  const table = arena.allocate(stepBytes * repetitions);
  const scratch = arena.allocate(scratchBytes);
  const memory = new RunMemory(arena.bytes, 4);
  memory.numbers.fill(0.5, x / 4, bias / 4);
  writeProgram(memory.view, program, operations);
  for (let step = 0; step < repetitions; step++)
    memory.view.setInt32(table + step * stepBytes, samples, true);
  memory.kernels.configure(4 * Math.ceil(samples / 32), scratch, scratchBytes, 0);
  return (place) => {
    const start = performance.now();
    memory.run(program + place * operationBytes, 1, table, repetitions, 0, 1);
    return (2 * samples * inputs * outputs * repetitions) / ((performance.now() - start) / 1000);
  };
}
