/** Errors that fade or grow through time: gates, or a matrix between the time steps that keeps their length. */
import { removeArgument, setArguments } from '../../language/edit/values.ts';
import type { Family, Part, Patient } from './fix.ts';
import { placeOf } from './patient.ts';
import { cho2014, hochreiter1997, saxe2013 } from './sources.ts';

export const gates: Family = (patient) => {
  const plain = patient.parts.filter(({ line }) => line.kind.text === 'rnn');
  if (plain.length === 0) return [];
  return [
    {
      title: `lstm instead of rnn in ${placeOf(plain, patient)}`,
      edits: withKind(plain, 'lstm', patient),
      why: 'Along its cell the error is multiplied by the forget gate alone, and survives many time steps while that is near 1.',
      source: hochreiter1997,
    },
    {
      title: `gru instead of rnn in ${placeOf(plain, patient)}`,
      edits: withKind(plain, 'gru', patient),
      why: 'Its state is a gated mean of the old one and a new one: where the gate is near 1 the error goes back unchanged.',
      source: cho2014,
    },
  ];
};

export const orthogonalRecurrence: Family = (patient) => {
  const parts = patient.parts.filter(
    ({ layers: [layer] }) =>
      layer !== undefined &&
      'recurrentInit' in layer &&
      !(layer.recurrentInit.name === 'orthogonal' && layer.recurrentInit.gain === 1),
  );
  if (parts.length === 0) return [];
  const lines = parts.map(({ line }) => line);
  return [
    {
      title: `recurrent_init=orthogonal in ${placeOf(parts, patient)}`,
      edits: setArguments(patient.file, lines, 'recurrent_init', 'orthogonal'),
      why: 'An orthogonal matrix keeps the length of the error from one time step to the one before: ρᵀ is 1 for ρ = 1, whatever T.',
      source: saxe2013,
    },
  ];
};

/** Gated cells have their activations built in: one that was written goes. */
function withKind(parts: readonly Part[], kind: string, { file }: Patient) {
  return parts.flatMap(({ line }) => [
    { from: line.kind.from, to: line.kind.to, replacement: kind },
    ...removeArgument(file, line, 'activation'),
  ]);
}
