/** The labelled networks of `test/corpus`: each file says in its first lines what it must be called, and on whose word. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { VerdictKind } from '../../src/analysis/verdict.ts';

/** Folder of the labelled networks. */
export const corpusFolder = path.join(import.meta.dirname, '..', '..', 'test', 'corpus');

export interface CorpusCase {
  readonly name: string;
  readonly file: string;
  readonly label: Label;
  readonly source: string;
  /** `page`: known cases of the literature; `calibration`: the limits were chosen on it; `held-out`: they were not. */
  readonly set: string;
}

/** What every seed must be called, or what some seeds must be and what the others may be. */
export interface Label {
  readonly kinds: readonly VerdictKind[];
  /** `dead-units 5 of 10, … else`: how often `kinds` is expected, and what else there may be. */
  readonly frequency?: {
    readonly times: number;
    readonly of: number;
    readonly otherwise: readonly VerdictKind[];
  };
}

/** Every case, by name. */
export function corpusCases(): CorpusCase[] {
  return readdirSync(corpusFolder)
    .filter((name) => name.endsWith('.vgnet'))
    .toSorted()
    .map((name) => {
      const file = path.join(corpusFolder, name);
      const text = readFileSync(file, 'utf8');
      const field = (key: string): string => {
        const value = new RegExp(`^# ${key}: (.*)$`, 'm').exec(text)?.[1];
        if (value === undefined) throw new Error(`${file} has no line "# ${key}: …"`);
        return value;
      };
      return {
        name: path.basename(name, '.vgnet'),
        file,
        label: parseLabel(field('label')),
        source: field('source'),
        set: field('set'),
      };
    });
}

/** `healthy or converged`, or `dead-units 5 of 10, healthy or converged else`. */
function parseLabel(text: string): Label {
  const kinds = (words: string): VerdictKind[] =>
    words.split(' or ').map((word) => word.trim() as VerdictKind);
  const partly = /^(.*) (\d+) of (\d+), (.*) else$/.exec(text);
  if (partly === null) return { kinds: kinds(text) };
  const [, some = '', times, of, otherwise = ''] = partly;
  return {
    kinds: kinds(some),
    frequency: { times: Number(times), of: Number(of), otherwise: kinds(otherwise) },
  };
}

/**
 * Whether the verdicts over seeds agree with the label: at least nine tenths where it holds for every seed; a frequency
 * within two standard deviations of a binomial draw, and nothing but what the label allows.
 */
export function agrees(label: Label, verdicts: readonly VerdictKind[]): boolean {
  const hits = verdicts.filter((kind) => label.kinds.includes(kind)).length;
  const { frequency } = label;
  if (frequency === undefined) return hits >= 0.9 * verdicts.length;
  const share = frequency.times / frequency.of;
  const allowed = verdicts.filter(
    (kind) => label.kinds.includes(kind) || frequency.otherwise.includes(kind),
  ).length;
  const deviation = Math.sqrt(verdicts.length * share * (1 - share));
  return allowed >= 0.9 * verdicts.length && Math.abs(hits - share * verdicts.length) <= 2 * deviation;
}
