import type { NormalisationLayer, TrainSettings } from './network.ts';

/** Machine epsilon of a precision: the distance from 1 to the next number, `torch.finfo(dtype).eps`. */
const machineEpsilon = { float32: 2 ** -23, float64: 2 ** -52 } as const;

/** What a normalisation adds to the variance: what was written, or PyTorch's default for `RMSNorm`, which goes by the precision. */
export function normalisationEpsilon(
  { epsilon }: NormalisationLayer,
  precision: TrainSettings['precision'],
): number {
  return epsilon ?? machineEpsilon[precision];
}
