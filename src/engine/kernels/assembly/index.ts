export { sine, cosine, exponential, logarithm } from './mathematics';
export { configure, dismiss, help, run32, run64 } from './program';
export { histogram32, histogram64 } from './histogram';

/** First byte behind the kernels' own constants. */
export const arenaStart: usize = __heap_base;
