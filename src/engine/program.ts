import { operationBytes } from './kernels/assembly/codes.ts';

/** One entry of a program: what `kernels/assembly` calls a record. The meaning of the numbers stands at its kernel. */
export interface Operation {
  readonly code: number;
  readonly phase: number;
  /** At most 30 whole numbers below 2³²; addresses are bytes. */
  readonly integers: readonly number[];
  /** At most 16 numbers. */
  readonly reals?: readonly number[];
}

/** Writes the operations one behind the other from `address` on. */
export function writeProgram(view: DataView, address: number, operations: readonly Operation[]): void {
  operations.forEach(({ code, phase, integers, reals = [] }, index) => {
    const record = address + index * operationBytes;
    view.setInt32(record, code, true);
    view.setInt32(record + 4, phase, true);
    integers.forEach((integer, place) => {
      if (!(Number.isInteger(integer) && integer >= 0 && integer < 2 ** 32) || place >= 30) {
        throw new Error(`Operation ${code} cannot hold ${integer} as its whole number ${place}`);
      }
      view.setUint32(record + 8 + 4 * place, integer, true);
    });
    reals.forEach((real, place) => view.setFloat64(record + 128 + 8 * place, real, true));
  });
}

/** Bytes of a program of so many operations. */
export function programBytes(operations: number): number {
  return operations * operationBytes;
}
