/** Trains a labelled network with several seeds and keeps what the tables need. */
import path from 'node:path';
import type { FindingId, VerdictKind } from '../../src/analysis/verdict.ts';
import { openFile, readDataFiles } from '../../src/cli/inputFile.ts';
import { trainNetwork, type TrainedNetwork } from '../../src/cli/training.ts';
import { prepareRun } from '../../src/engine/trainer.ts';
import { alarms, detectors } from './detectors.ts';
import type { CorpusCase } from './cases.ts';

const shippedData = path.join(import.meta.dirname, '..', '..', 'data');

/** One seed of one case. */
export interface Measurement {
  readonly case: CorpusCase;
  readonly seed: number;
  readonly verdict: VerdictKind;
  readonly message: string;
  readonly findings: readonly FindingId[];
  /** For each published detector, in their order. */
  readonly alarms: readonly { readonly atEnd: boolean; readonly ever: boolean }[];
}

/** Trains the case with one seed. */
export async function trainCase(corpusCase: CorpusCase, seed: number): Promise<TrainedNetwork> {
  const { networks } = await openFile(corpusCase.file, undefined);
  const [network] = networks;
  if (network === undefined) throw new Error(`${corpusCase.file} has no network`);
  const files = await readDataFiles(corpusCase.file, network, shippedData);
  return trainNetwork(corpusCase.file, { ...network, train: { ...network.train, seed } }, files, prepareRun);
}

/** Trains and judges the case with one seed. */
export async function measure(corpusCase: CorpusCase, seed: number): Promise<Measurement> {
  const { recording, judgement } = await trainCase(corpusCase, seed);
  return {
    case: corpusCase,
    seed,
    verdict: judgement.verdict.kind,
    message: judgement.verdict.message,
    findings: judgement.findings.map((finding) => finding.id),
    alarms: detectors.map((detector) => alarms(detector, recording)),
  };
}
