import type { LayerKind } from '../network.ts';
import { activation } from './layers/activation.ts';
import { conv } from './layers/conv.ts';
import { dense } from './layers/dense.ts';
import { add, concat, residual } from './layers/joins.ts';
import type { LayerEntry } from './layers/layer.ts';
import { batchnorm, layernorm, rmsnorm } from './layers/normalisation.ts';
import { dropout, flatten } from './layers/plain.ts';
import { avgpool, globalpool, maxpool } from './layers/pooling.ts';
import { gru, lstm, rnn } from './layers/recurrent.ts';
import { attention, embedding, position } from './layers/sequence.ts';

/** Every kind of layer, in the order of the reference. */
export const layers: readonly LayerEntry[] = Object.values({
  dense,
  conv,
  maxpool,
  avgpool,
  globalpool,
  flatten,
  activation,
  dropout,
  batchnorm,
  layernorm,
  rmsnorm,
  rnn,
  lstm,
  gru,
  embedding,
  attention,
  position,
  residual,
  add,
  concat,
} satisfies Record<LayerKind, LayerEntry>);

/** The greatest number of layers of a network, all instances of `repeat` counted. */
export const largestNetwork = 10_000;
