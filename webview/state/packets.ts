/** Rows and histograms as they come out of the channel: what is not whole is left out rather than drawn shifted. */
import { recordedQuantities, histogramBins } from '../../src/engine/recording.ts';
import type { GradientHistogram, RecordedLayer, RecordedRows } from '../../src/engine/recording.ts';
import { splitRows, unpackHistograms, unpackRows } from '../../src/protocol/rows.ts';
import type { ExtremesPacket, HistogramsPacket, RowsPacket, SeedsPacket } from '../../src/protocol/view.ts';

/** The rows of a packet; undefined where its arrays do not fit each other or the layers. */
export function readRows(packet: RowsPacket, layers: readonly RecordedLayer[]): RecordedRows | undefined {
  const buffers = [packet.steps, packet.loss, packet.values, packet.timeErrors];
  if (!buffers.every((buffer) => buffer instanceof ArrayBuffer && buffer.byteLength % 8 === 0))
    return undefined;
  const rows = unpackRows(packet);
  const count = rows.steps.length;
  const timeSteps = layers.reduce((sum, layer) => sum + (layer.timeSteps ?? 0), 0);
  const fits =
    rows.loss.length === count &&
    rows.values.length === count * layers.length * recordedQuantities.length &&
    rows.timeErrors.length === count * timeSteps;
  return fits ? rows : undefined;
}

/** The rows of each seed of a packet; none where they do not fit each other or the layers. */
export function readSeeds(packet: SeedsPacket, layers: readonly RecordedLayer[]): readonly RecordedRows[] {
  const rows = readRows(packet.rows, layers);
  const total = packet.counts.reduce((sum, count) => sum + count, 0);
  return rows !== undefined && rows.steps.length === total ? splitRows(rows, packet.counts) : [];
}

/** The histograms of a packet; none where its arrays do not fit each other or the layers. */
export function readHistograms(
  packet: HistogramsPacket,
  layers: readonly RecordedLayer[],
): GradientHistogram[] {
  const { steps, counts } = packet;
  if (!(steps instanceof ArrayBuffer && counts instanceof ArrayBuffer) || steps.byteLength % 8 !== 0)
    return [];
  const size = layers.length * histogramBins * Uint32Array.BYTES_PER_ELEMENT;
  return counts.byteLength === (steps.byteLength / 8) * size ? unpackHistograms(packet) : [];
}

/** The extremes of a packet; an empty list where it is none. */
export function readExtremes(packet: ExtremesPacket): Float64Array {
  const isList = packet instanceof ArrayBuffer && packet.byteLength % 8 === 0;
  return isList ? new Float64Array(packet) : new Float64Array(0);
}
