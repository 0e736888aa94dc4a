/**
 * What might cure a network with an alarm: candidates made from its verdict, its findings and its cause, each checked as a text.
 * Whether one helps is for a run to say; nothing here trains.
 */
import { check, type CheckedFile } from '../language/check.ts';
import type { DataFactsSource } from '../language/dataFacts.ts';
import { applyEdits } from '../language/edit/applyEdits.ts';
import { otherActivation } from './fixes/activation.ts';
import type { Candidate, Family, Judged, Patient, Proposal } from './fixes/fix.ts';
import { fittingInitialiser, zeroBiases } from './fixes/initialiser.ts';
import { normalisation } from './fixes/normalisation.ts';
import { fittingOutput } from './fixes/output.ts';
import { patientOf } from './fixes/patient.ts';
import { leakyRectifiers } from './fixes/rectifiers.ts';
import { gates, orthogonalRecurrence } from './fixes/recurrence.ts';
import { shortcuts } from './fixes/shortcuts.ts';
import { adam, clipping, smallerSteps, widerFormat } from './fixes/training.ts';

/** Candidates for the network of that name, the likeliest cure first; none where the verdict is no alarm. */
export function proposeFixes(
  file: CheckedFile,
  name: string,
  judged: Judged,
  dataFacts?: DataFactsSource,
): Candidate[] {
  const patient = patientOf(file, name, judged);
  if (patient === undefined) return [];
  const seen = new Set([file.text]);
  return familiesFor(patient)
    .flatMap((family) => family(patient))
    .flatMap((proposal) => {
      const candidate = checked(patient, proposal, dataFacts);
      if (candidate === undefined || seen.has(candidate.text)) return [];
      seen.add(candidate.text);
      return [candidate];
    });
}

/** Which cures there are for what was found. */
function familiesFor(patient: Patient): readonly Family[] {
  const { kind, evidence } = patient.verdict;
  const throughTime = evidence['timeSteps'] !== undefined || isRecurrent(patient);
  switch (kind) {
    case 'vanishing':
      return throughTime ? [gates, orthogonalRecurrence, adam] : fading;
    case 'exploding':
      return throughTime
        ? [orthogonalRecurrence, clipping, smallerSteps, gates]
        : [fittingInitialiser, clipping, smallerSteps, normalisation, shortcuts];
    case 'dead-units':
      return [fittingInitialiser, zeroBiases, leakyRectifiers, smallerSteps, normalisation, shortcuts];
    case 'uniformly-small':
      return [fittingInitialiser, shortcuts, adam];
    case 'underflow':
      return [...fading, widerFormat];
    case 'diverged':
      return [
        // What is not finite before any update no training setting can help.
        ...(evidence['step'] === 0 ? [] : [smallerSteps, clipping]),
        fittingInitialiser,
        orthogonalRecurrence,
        otherActivation,
        normalisation,
      ];
    case 'loss-mismatch':
      return [fittingOutput];
    case 'healthy':
    case 'converged':
    case 'inconclusive':
      return [];
    default:
      throw new Error(`Unknown verdict ${JSON.stringify(kind satisfies never)}`);
  }
}

/** What is wrong is said of a layer with a state, among others. */
function isRecurrent({ verdict, network }: Patient): boolean {
  return network.layers.some((layer) => 'recurrentInit' in layer && verdict.layers.includes(layer.name));
}

/** For errors that fade with depth. */
const fading: readonly Family[] = [
  otherActivation,
  fittingInitialiser,
  zeroBiases,
  normalisation,
  shortcuts,
  adam,
];

/** The proposal with its text; undefined where the edits would bring an error with them. */
function checked(
  { file, network }: Patient,
  proposal: Proposal,
  dataFacts: DataFactsSource | undefined,
): Candidate | undefined {
  if (proposal.edits.length === 0) return undefined;
  const edits = proposal.edits.toSorted((a, b) => a.from - b.from);
  const text = applyEdits(file.text, edits);
  const after = check(text, dataFacts, file);
  const outcome = after.networks.find(({ name }) => name === network.name);
  if (outcome?.network === undefined || errorsIn(after) > errorsIn(file)) return undefined;
  return { ...proposal, edits, text, network: outcome.network, header: outcome.header };
}

function errorsIn({ diagnostics }: CheckedFile): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}
