/**
 * The gradient log, `.vglog`: JSON Lines, a header and then one line per recorded step; see `docs/interfaces.md`.
 *
 * Written line by line, so that a run that is killed leaves all but its last line. Read with patience: what cannot be
 * read is passed over with a note. `null` stands for a number that is not finite.
 */
import * as v from 'valibot';
import { metricOf, quantitiesPerLayer, quantityOffset } from '../analysis/metrics.ts';
import {
  recordedQuantities,
  type RecordedLayer,
  type RecordedQuantity,
  type RecordedRows,
} from '../engine/recording.ts';

const version = 1;

/** A log as it was read. */
export interface RunLog {
  readonly network: string;
  /** The program that wrote it. */
  readonly source: string;
  readonly layers: readonly RecordedLayer[];
  readonly rows: RecordedRows;
  /** What was passed over, each with its line, in words for a person. */
  readonly notes: readonly string[];
}

/** The first line of a log, with its line end. */
export function logHeader(network: string, layers: readonly RecordedLayer[]): string {
  return `${JSON.stringify({ vglog: version, source: 'vgnet', network, layers })}\n`;
}

/** The lines of recorded rows, each with its line end. Quantities that no layer has are left out. */
export function logLines(rows: RecordedRows, layers: readonly RecordedLayer[]): string {
  const stride = layers.length * quantitiesPerLayer;
  const timeSteps = layers.reduce((total, layer) => total + (layer.timeSteps ?? 0), 0);
  const read = (id: 'norm' | 'rms' | 'relative' | RecordedQuantity, row: number): number[] => {
    const metric = metricOf(id);
    return layers.map((layer, position) =>
      metric.read(rows.values, row * stride + position * quantitiesPerLayer, layer.parameters),
    );
  };
  let text = '';
  for (let row = 0; row < rows.steps.length; row += 1) {
    const line: Record<string, unknown> = { step: rows.steps[row], loss: rows.loss[row] };
    for (const id of ['norm', 'rms', 'relative', 'speed', ...furtherQuantities] as const) {
      const values = read(id, row);
      if (id === 'norm' || values.some((value) => !Number.isNaN(value))) line[id] = values;
    }
    if (timeSteps > 0)
      line['timeErrors'] = Array.from(rows.timeErrors.subarray(row * timeSteps, (row + 1) * timeSteps));
    // JSON.stringify writes null for what is not finite.
    text += `${JSON.stringify(line)}\n`;
  }
  return text;
}

const furtherQuantities = recordedQuantities.filter(
  (quantity) => quantity !== 'norm' && quantity !== 'speed',
);

const layerSchema = v.object({
  name: v.string(),
  kind: v.optional(v.string(), 'layer'),
  parameters: v.pipe(v.number(), v.minValue(0)),
  line: v.optional(v.number()),
  activation: v.optional(v.string()),
  timeSteps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
const headerSchema = v.object({
  vglog: v.number(),
  source: v.optional(v.string(), 'unknown'),
  network: v.optional(v.string(), ''),
  layers: v.array(layerSchema),
});
/** Checked by hand: a log has a line a step, and a schema would take longer than reading them. */
interface Row {
  readonly step: number;
  readonly loss: number | null;
  readonly norm: Numbers;
  readonly values: object;
}
type Numbers = readonly (number | null)[];

/** Reads a log; not a log only if it has no header. */
export function readRunLog(
  text: string,
): { readonly ok: true; readonly log: RunLog } | { readonly ok: false; readonly message: string } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = v.safeParse(headerSchema, parseLine(lines[0] ?? ''));
  if (!header.success)
    return {
      ok: false,
      message: 'not a gradient log: its first line should be {"vglog":1, …, "layers":[…]}',
    };
  const { vglog, network, source } = header.output;
  const layers = header.output.layers.map(withoutUndefined);
  const notes: string[] = [];
  if (vglog > version)
    notes.push(`written as version ${vglog}, read as version ${version}: what is new in it is left out`);
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const row = readRow(line, layers.length, rows.at(-1)?.step ?? -Infinity);
    if (typeof row === 'string') notes.push(`line ${index + 1} ${row} and was passed over`);
    else rows.push(row);
  }
  return { ok: true, log: { network, source, layers, rows: tabulate(rows, layers), notes } };
}

/** A row, or what is wrong with its line. */
function readRow(line: string, layers: number, lastStep: number): Row | string {
  const parsed = parseLine(line);
  if (parsed === undefined) return 'is not whole';
  const row = asRow(parsed);
  if (row === undefined) return 'is not a step with "step" and "norm"';
  const { step, norm } = row;
  if (norm.length !== layers) return `has ${norm.length} norms for ${layers} layers`;
  if (step <= lastStep) return `is step ${step} again, after step ${lastStep},`;
  return row;
}

function asRow(parsed: unknown): Row | undefined {
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { step, loss = null, norm } = parsed as { step?: unknown; loss?: unknown; norm?: unknown };
  const isWhole = typeof step === 'number' && (loss === null || typeof loss === 'number') && isNumbers(norm);
  return isWhole ? { step, loss, norm, values: parsed } : undefined;
}

function isNumbers(value: unknown): value is Numbers {
  return Array.isArray(value) && value.every((item) => item === null || typeof item === 'number');
}

/** The line's value; undefined where it is no JSON. Python writes NaN and Infinity bare, which is accepted. */
function parseLine(line: string): unknown {
  return parseJson(line) ?? parseJson(line.replace(/(?<=[[,:]\s*)-?(?:NaN|Infinity)\b/g, 'null'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function tabulate(rows: readonly Row[], layers: readonly RecordedLayer[]): RecordedRows {
  const timeSteps = layers.reduce((total, layer) => total + (layer.timeSteps ?? 0), 0);
  const values = new Float64Array(rows.length * layers.length * quantitiesPerLayer).fill(Number.NaN);
  const timeErrors = new Float64Array(rows.length * timeSteps).fill(Number.NaN);
  for (const [index, row] of rows.entries()) {
    const begin = index * layers.length * quantitiesPerLayer;
    const put = (quantity: RecordedQuantity, numbers: Numbers): void => {
      for (const [layer, value] of numbers.entries())
        values[begin + layer * quantitiesPerLayer + quantityOffset[quantity]] = value ?? NaN;
    };
    const relative = numbersOf(row, 'relative', layers.length);
    // The norm of the parameters is what makes a relative gradient out of a norm.
    if (relative !== undefined)
      put(
        'parameterNorm',
        row.norm.map((norm, layer) => (norm ?? NaN) / (relative[layer] ?? NaN)),
      );
    for (const quantity of recordedQuantities) {
      const numbers = numbersOf(row, quantity, layers.length);
      if (numbers !== undefined) put(quantity, numbers);
    }
    timeErrors.set(
      numbersOf(row, 'timeErrors', timeSteps)?.map((value) => value ?? NaN) ?? [],
      index * timeSteps,
    );
  }
  return {
    steps: Float64Array.from(rows, (row) => row.step),
    loss: Float64Array.from(rows, (row) => row.loss ?? NaN),
    values,
    timeErrors,
  };
}

function numbersOf(row: Row, quantity: string, length: number): Numbers | undefined {
  const numbers: unknown = Reflect.get(row.values, quantity);
  return isNumbers(numbers) && numbers.length === length ? numbers : undefined;
}

function withoutUndefined(layer: v.InferOutput<typeof layerSchema>): RecordedLayer {
  const { name, kind, parameters, line, activation, timeSteps } = layer;
  return {
    name,
    kind,
    parameters,
    ...(line === undefined ? {} : { line }),
    ...(activation === undefined ? {} : { activation }),
    ...(timeSteps === undefined ? {} : { timeSteps }),
  };
}
