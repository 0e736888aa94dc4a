/**
 * Every rule, in the order of blame: the first one with a verdict leads, all that fired are listed.
 *
 * Not finite > output and loss do not fit > dead > exploding > underflow > vanishing > uniformly small > too short >
 * converged > healthy. What stands further up makes what stands below it meaningless: a dead layer explains zero
 * norms, an underflow explains a decay that ends in zeros.
 */
import type { Rule } from '../facts.ts';
import { converged } from './converged.ts';
import { deadUnits } from './deadUnits.ts';
import { exploding } from './exploding.ts';
import { halfPrecision } from './halfPrecision.ts';
import { lossMismatch } from './lossMismatch.ts';
import { notFinite } from './notFinite.ts';
import { saturatedUnits } from './saturatedUnits.ts';
import { stalled } from './stalled.ts';
import { throughTime } from './throughTime.ts';
import { tooShort } from './tooShort.ts';
import { underflow } from './underflow.ts';
import { uniformlySmall } from './uniformlySmall.ts';
import { vanishing } from './vanishing.ts';
import { zeroWeights } from './zeroWeights.ts';

export const rules: readonly Rule[] = [
  notFinite,
  lossMismatch,
  deadUnits,
  zeroWeights,
  exploding,
  underflow,
  throughTime,
  vanishing,
  uniformlySmall,
  tooShort,
  converged,
  stalled,
  saturatedUnits,
  halfPrecision,
];
