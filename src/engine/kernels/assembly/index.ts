export { sine, cosine, exponential, logarithm } from './mathematics';
