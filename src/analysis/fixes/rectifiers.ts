/** Rectifiers that let a little through where they are off, so that no unit can die. */
import { setArguments } from '../../language/edit/values.ts';
import { activationOf } from './activation.ts';
import type { Family } from './fix.ts';
import { placeOf } from './patient.ts';
import { maas2013 } from './sources.ts';

/** Activations that are exactly zero, with derivative zero, on a half-line. */
const dying: ReadonlySet<string> = new Set(['relu', 'relu6', 'hard_swish']);

export const leakyRectifiers: Family = (patient) => {
  const parts = patient.parts.filter((part) => part.hidden && dying.has(activationOf(part) ?? ''));
  if (parts.length === 0) return [];
  const lines = parts.map(({ line }) => line);
  return [
    {
      title: `leaky_relu in ${placeOf(parts, patient)}`,
      edits: setArguments(patient.file, lines, 'activation', 'leaky_relu'),
      why: 'Its derivative is 0.01 where relu has 0: a unit that is off for every sample still gets a gradient and can come back.',
      source: maas2013,
    },
  ];
};
