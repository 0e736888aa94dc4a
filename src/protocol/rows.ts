/** Recorded rows on their way: joined into fewer messages, and as the buffers that a web view's channel carries. */
import type { GradientHistogram, RecordedRows } from '../engine/recording.ts';
import type { HistogramsPacket, RowsPacket, SeedsPacket } from './view.ts';

/** One chunk with the rows of all, in their order. */
export function joinRows(chunks: readonly RecordedRows[]): RecordedRows {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  return {
    steps: join(chunks.map((chunk) => chunk.steps)),
    loss: join(chunks.map((chunk) => chunk.loss)),
    values: join(chunks.map((chunk) => chunk.values)),
    timeErrors: join(chunks.map((chunk) => chunk.timeErrors)),
  };
}

/** At most `mostNumbers` numbers of the rows: evenly spread over them, with the first and the last. */
export function thinRows(rows: RecordedRows, mostNumbers: number): RecordedRows {
  const count = rows.steps.length;
  const perRow = count === 0 ? 0 : 2 + (rows.values.length + rows.timeErrors.length) / count;
  const kept = Math.max(2, Math.floor(mostNumbers / perRow));
  if (count <= kept) return rows;
  const chosen = Array.from({ length: kept }, (_, index) => Math.round((index * (count - 1)) / (kept - 1)));
  return {
    steps: take(rows.steps, 1, chosen),
    loss: take(rows.loss, 1, chosen),
    values: take(rows.values, rows.values.length / count, chosen),
    timeErrors: take(rows.timeErrors, rows.timeErrors.length / count, chosen),
  };
}

/** The rows as buffers of their own, so that sending them takes nothing from the sender. */
export function packRows(rows: RecordedRows): RowsPacket {
  return {
    steps: copyBuffer(rows.steps),
    loss: copyBuffer(rows.loss),
    values: copyBuffer(rows.values),
    timeErrors: copyBuffer(rows.timeErrors),
  };
}

/** What `packRows` packed. */
export function unpackRows(packet: RowsPacket): RecordedRows {
  return {
    steps: new Float64Array(packet.steps),
    loss: new Float64Array(packet.loss),
    values: new Float64Array(packet.values),
    timeErrors: new Float64Array(packet.timeErrors),
  };
}

/** The histograms of one run, one behind the other. */
export function packHistograms(histograms: readonly GradientHistogram[]): HistogramsPacket {
  const size = histograms[0]?.counts.length ?? 0;
  const counts = new Uint32Array(histograms.length * size);
  for (const [index, histogram] of histograms.entries()) counts.set(histogram.counts, index * size);
  return { steps: Float64Array.from(histograms, ({ step }) => step).buffer, counts: counts.buffer };
}

/** What `packHistograms` packed. */
export function unpackHistograms(packet: HistogramsPacket): GradientHistogram[] {
  const steps = new Float64Array(packet.steps);
  const counts = new Uint32Array(packet.counts);
  const size = counts.length / Math.max(1, steps.length);
  return Array.from(steps, (step, index) => ({
    step,
    counts: counts.slice(index * size, (index + 1) * size),
  }));
}

/** Rows of several seeds in the four buffers of one: a message may not have many. */
export function packSeeds(seeds: readonly RecordedRows[]): SeedsPacket {
  return { rows: packRows(joinRows(seeds)), counts: seeds.map(({ steps }) => steps.length) };
}

/** The rows of several seeds, which were joined, each by itself again. */
export function splitRows(rows: RecordedRows, counts: readonly number[]): RecordedRows[] {
  const total = rows.steps.length;
  let begin = 0;
  return counts.map((count) => {
    const part = (values: Float64Array): Float64Array => {
      const width = total === 0 ? 0 : values.length / total;
      return values.subarray(begin * width, (begin + count) * width);
    };
    const { steps, loss, values, timeErrors } = rows;
    const own = { steps: part(steps), loss: part(loss), values: part(values), timeErrors: part(timeErrors) };
    begin += count;
    return own;
  });
}

function join(parts: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const joined = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function take(values: Float64Array, width: number, rows: readonly number[]): Float64Array {
  const taken = new Float64Array(rows.length * width);
  for (const [index, row] of rows.entries())
    taken.set(values.subarray(row * width, (row + 1) * width), index * width);
  return taken;
}

function copyBuffer(array: Float64Array): ArrayBuffer {
  return array.slice().buffer;
}
