/** From a checked file and a run's verdict to what the kinds of cure look at. */
import type { CheckedFile } from '../../language/check.ts';
import type { Layer } from '../../language/network.ts';
import type { LayerBlock, LayerLine } from '../../language/syntax.ts';
import { causeOf } from '../cause.ts';
import { finalWindow, initialWindow } from '../profile.ts';
import { nameLayers } from '../words.ts';
import type { Judged, Part, Patient } from './fix.ts';

/** The network of that name; undefined where it is not there or has errors. */
export function patientOf(file: CheckedFile, name: string, judged: Judged): Patient | undefined {
  const position = file.networks.findIndex((outcome) => outcome.name === name);
  const network = file.networks[position]?.network;
  const statement = file.analyses[position]?.statement;
  if (network === undefined || statement === undefined) return undefined;
  const { verdict, findings, recording } = judged;
  const when = verdict.evidence['when'] === 'at initialisation' ? initialWindow : finalWindow(recording);
  const over = (window: typeof when): Patient['cause'] =>
    recording.rows.steps.length === 0
      ? undefined
      : causeOf(recording, window, 0, recording.layers.length - 1);
  const cause = over(when) ?? over(initialWindow);
  return {
    file,
    statement,
    network,
    verdict,
    findings,
    parts: partsOf(statement.block, network.layers),
    cause,
  };
}

function partsOf(block: LayerBlock | undefined, layers: readonly Layer[]): Part[] {
  const output = layers.findLast(({ parameters }) => parameters > 0)?.index ?? -1;
  return linesOf(block).flatMap((line) => {
    const made = layers.filter(({ span }) => span.from === line.from);
    const counts = made.some(({ kind, parameters }) => parameters > 0 || kind === 'activation');
    return counts && line.block === undefined
      ? [{ line, layers: made, hidden: made.every(({ index }) => index < output) }]
      : [];
  });
}

/** Every layer line of a block and of the blocks in it. */
function linesOf(block: LayerBlock | undefined): LayerLine[] {
  return (block?.lines ?? []).flatMap((line) =>
    line.type === 'layer' ? [line, ...linesOf(line.block)] : [],
  );
}

/** How all layers but the output are called. */
export const everyHidden = 'every hidden layer';

/** `hidden`, `hidden and body`, `every hidden layer`: the layers of these lines by the labels that a person gave them. */
export function placeOf(parts: readonly Part[], patient: Patient): string {
  const names = new Set(
    parts.flatMap(({ layers }) => layers.map(({ name }) => name.replace(/\[\d+\].*$/, ''))),
  );
  const hidden = patient.parts.filter(
    (part) => part.hidden && part.layers.some(({ parameters }) => parameters > 0),
  );
  const every = hidden.every((part) => parts.includes(part)) && parts.every((part) => part.hidden);
  return names.size > 2 && every ? everyHidden : nameLayers([...names]);
}
