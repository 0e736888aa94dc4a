/** A network's lines with their words understood, before anything flows through them. */
import type { LayerEntry } from '../catalogue/layers/layer.ts';
import type { LayerLine } from '../syntax.ts';
import type { ResolvedArguments } from './resolved.ts';

/**
 * A line whose words are known. `arguments` is undefined where some are wrong, which was reported. It is `lasting` where
 * nothing was found in it and its body and no `let` has a part in them: the same text means the same again.
 */
export type PreparedLine =
  | {
      readonly type: 'layer';
      readonly line: LayerLine;
      readonly entry: LayerEntry;
      readonly arguments: ResolvedArguments | undefined;
      /** False where something on the line is wrong; `arguments` then has what is right, if that says what comes out. */
      readonly sound: boolean;
      /** The body of a `residual`. */
      readonly body: readonly PreparedLine[] | undefined;
      readonly lasting: boolean;
    }
  | {
      readonly type: 'repeat';
      readonly line: LayerLine;
      readonly count: number | undefined;
      readonly body: readonly PreparedLine[];
      readonly lasting: boolean;
    }
  /** Not known, so that what comes out of it is not known either. */
  | {
      readonly type: 'unknown';
      readonly line: LayerLine;
      /** The kind that was probably meant. */
      readonly meant: LayerEntry | undefined;
      readonly body: readonly PreparedLine[];
    };

/** A line that repeats others. */
export type PreparedRepeat = Extract<PreparedLine, { type: 'repeat' }>;

/** A line that makes a layer. */
export type PreparedLayer = Extract<PreparedLine, { type: 'layer' }>;

/** What stands in a network's block, apart from its settings. */
export interface PreparedBlock {
  readonly input: { readonly line: LayerLine; readonly arguments: ResolvedArguments | undefined } | undefined;
  readonly lines: readonly PreparedLine[];
  readonly labels: ReadonlySet<string>;
  /** Layers with all instances of `repeat` counted. */
  readonly size: number;
  readonly ok: boolean;
}

/** Layers of the lines with all instances counted; a `residual` is a layer besides its body. */
export function sizeOf(lines: readonly PreparedLine[]): number {
  let size = 0;
  for (const line of lines) {
    if (line.type === 'repeat') size += (line.count ?? 1) * sizeOf(line.body);
    else size += 1 + (line.type === 'layer' && line.body ? sizeOf(line.body) : 0);
  }
  return size;
}

/** The line that makes the network largest. */
export function largestLine(lines: readonly PreparedLine[]): PreparedLine | undefined {
  let largest: PreparedLine | undefined;
  for (const line of lines) if (!largest || sizeOf([line]) > sizeOf([largest])) largest = line;
  return largest;
}
