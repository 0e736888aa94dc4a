/** What might cure a network: small edits of its text, and what is known about the network that needs one. */
import type { CheckedFile } from '../../language/check.ts';
import type { Fix } from '../../language/diagnostic.ts';
import type { CheckedNetwork, Layer } from '../../language/network.ts';
import type { LayerLine, NetworkStatement } from '../../language/syntax.ts';
import type { Recording } from '../../engine/recording.ts';
import type { Cause } from '../cause.ts';
import type { Finding, Verdict } from '../verdict.ts';

/** Where a cure is from, as it is cited. */
export interface Source {
  /** `He et al. 2015, Delving deep into rectifiers` */
  readonly title: string;
  readonly url: string;
}

/** An edit that might help, with the reason for it. Whether it does is measured. */
export interface Proposal extends Fix {
  /** One sentence: why it should help here. */
  readonly why: string;
  readonly source: Source;
}

/** A proposal whose text was checked. */
export interface Candidate extends Proposal {
  /** The whole text with the edits made. */
  readonly text: string;
  /** The network in that text. */
  readonly network: CheckedNetwork;
  /** `network NAME` in that text. */
  readonly header: { readonly from: number; readonly to: number };
}

/** A run's verdict with what it rests on. */
export interface Judged {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly recording: Recording;
}

/** A line of the network that made layers with weights, or an activation on a line of its own. */
export interface Part {
  readonly line: LayerLine;
  /** Its instances, from input to output. */
  readonly layers: readonly Layer[];
  /** None of them is the output layer. */
  readonly hidden: boolean;
}

/** A network with an alarm, seen from its text. */
export interface Patient {
  readonly file: CheckedFile;
  readonly statement: NetworkStatement;
  readonly network: CheckedNetwork;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly parts: readonly Part[];
  /** Decay or growth of the error from the output to the first layer; undefined beside exact zeros. */
  readonly cause: Cause | undefined;
}

/** One kind of cure: what of it this patient could be given. */
export type Family = (patient: Patient) => readonly Proposal[];
