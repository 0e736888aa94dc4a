import type { Shape } from '../language/network.ts';
import { roundUp } from './arena.ts';

/**
 * What flows between operations: a matrix with `rows` rows for every sample of the batch (1 for vectors, the time steps of a
 * sequence, the pixels of an image) and a column for every feature (an image's channels), padded with zero columns to `stride`.
 */
export interface Tensor {
  readonly rows: number;
  readonly features: number;
  readonly stride: number;
  /** Address of the values. */
  readonly value: number;
  /** Address of the loss's derivative; 0 where nothing before it learns. Consumers and producer may share it in place. */
  readonly error: number;
  /** Address of the blocks' sums: Σ value, Σ value², Σ error², saturated units. */
  readonly sums: number;
  /** Address of the blocks' marks: a unit is marked where it was not zero. */
  readonly marks: number;
}

/** Features are padded so that every row is whole vectors in either precision, and every product whole tiles. */
export const featurePadding = 8;

/** Rows and features of a shape: channels-last for images, time steps as rows for sequences. */
export function matrixOf(shape: Shape): {
  readonly rows: number;
  readonly features: number;
  readonly stride: number;
} {
  const [first = 1, second, third] = shape;
  const rows =
    third !== undefined && second !== undefined ? second * third : second === undefined ? 1 : first;
  const features = third === undefined ? (second ?? first) : first;
  return { rows, features, stride: roundUp(features, featurePadding) };
}
