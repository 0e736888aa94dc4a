/**
 * Weights as `.safetensors`: eight bytes with the length of a JSON header (little-endian), the header with every tensor's
 * type, shape and place, then the numbers, little-endian and row-major.
 */
import * as v from 'valibot';

/** A tensor of a file. */
export interface StoredTensor {
  /** As written in the file: `F32`, `I64`, … */
  readonly type: string;
  readonly shape: readonly number[];
  /** Row-major; absent where the type is not F32 or F64. */
  readonly values: Float64Array | undefined;
}

/** A tensor to be written. */
export interface TensorToStore {
  readonly type: 'F32' | 'F64' | 'I32';
  readonly shape: readonly number[];
  /** Rounded to float32, or whole numbers of 32 bits, where the type says so. */
  readonly values: ArrayLike<number>;
}

export type SafetensorsOutcome =
  | { readonly ok: true; readonly tensors: ReadonlyMap<string, StoredTensor> }
  | { readonly ok: false; readonly reason: string };

/** Bytes of a number of the types that are written. */
const bytesOfNumber = { F32: 4, F64: 8, I32: 4 } as const;
/** Bytes of a number of every type that a file may hold. */
const bytesOfType = new Map<string, number>([
  ...['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3'].map((type): [string, number] => [type, 1]),
  ...['U16', 'I16', 'F16', 'BF16'].map((type): [string, number] => [type, 2]),
  ['U32', 4],
  ...['U64', 'I64', 'C64'].map((type): [string, number] => [type, 8]),
  ...Object.entries(bytesOfNumber),
]);

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.object({
  dtype: v.string(),
  shape: v.array(wholeNumber),
  data_offsets: v.tuple([wholeNumber, wholeNumber]),
});

const prefixLength = 8;
/** What the format allows for the header: 100 MB. */
const longestHeader = 100_000_000;

/** Reads every tensor of a file. The reason of a failure goes after the file's name: `"start.safetensors" …`. */
export function readSafetensors(bytes: Uint8Array): SafetensorsOutcome {
  if (bytes.length < prefixLength) {
    return failed(`is cut off: it has ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimedLength = view.getBigUint64(0, true);
  const headerLength = Number(claimedLength);
  if (headerLength > longestHeader || prefixLength + headerLength > bytes.length) {
    return failed(
      `is cut off or no safetensors file: it says that its header has ${claimedLength} bytes, the whole file has ${bytes.length}`,
    );
  }
  const header = parseHeader(bytes.subarray(prefixLength, prefixLength + headerLength));
  if (!header.ok) {
    return header;
  }
  const data = new DataView(bytes.buffer, bytes.byteOffset + prefixLength + headerLength);
  const dataLength = bytes.length - prefixLength - headerLength;
  const tensors = new Map<string, StoredTensor>();
  let end = 0;
  const byPlace = [...header.entries].sort(
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  for (const [name, { dtype, shape, data_offsets }] of byPlace) {
    const size = bytesOfType.get(dtype);
    if (size === undefined) {
      return failed(`has the tensor "${name}" of the unknown type ${dtype}`);
    }
    const count = shape.reduce((product, length) => product * length, 1);
    const [from, to] = data_offsets;
    if (to - from !== count * size) {
      return failed(
        `has a header that is wrong: "${name}", ${dtype} of ${shape.join(' x ') || 'one number'}, takes ${count * size} bytes, not ${to - from}`,
      );
    }
    if (from !== end) {
      return failed(`has a header that is wrong: "${name}" begins at byte ${from}, where ${end} is expected`);
    }
    if (to > dataLength) {
      return failed(`is cut off: "${name}" ends at byte ${to} of ${dataLength} bytes of numbers`);
    }
    end = to;
    tensors.set(name, { type: dtype, shape, values: readNumbers(data, dtype, from, count) });
  }
  return end === dataLength
    ? { ok: true, tensors }
    : failed(`is longer than its header says: ${dataLength} bytes of numbers instead of ${end}`);
}

function failed(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

type Header = ReadonlyMap<string, v.InferOutput<typeof entrySchema>>;

function parseHeader(
  bytes: Uint8Array,
): { readonly ok: true; readonly entries: Header } | { readonly ok: false; readonly reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Both calls throw for nothing but bytes that are no JSON text.
    return failed('has a header that is not JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return failed('has a header that is not a JSON object');
  }
  const { __metadata__: _, ...tensors } = json as Record<string, unknown>;
  const entries = new Map<string, v.InferOutput<typeof entrySchema>>();
  // One by one: valibot's record passes over keys such as "prototype", which a tensor may well be called.
  for (const [name, entry] of Object.entries(tensors)) {
    const checked = v.safeParse(entrySchema, entry);
    if (!checked.success) {
      const [issue] = checked.issues;
      const place = [name, v.getDotPath(issue)].filter((part) => part !== null).join('.');
      return failed(`has a header that is wrong at ${place}: ${issue.message}`);
    }
    entries.set(name, checked.output);
  }
  return { ok: true, entries };
}

function readNumbers(data: DataView, type: string, from: number, count: number): Float64Array | undefined {
  switch (type) {
    case 'F32':
      return Float64Array.from({ length: count }, (_, index) => data.getFloat32(from + 4 * index, true));
    case 'F64':
      return Float64Array.from({ length: count }, (_, index) => data.getFloat64(from + 8 * index, true));
    default:
      return undefined;
  }
}

/** How a file holds the numbers of a training in this precision. */
export function storedAs(precision: 'float32' | 'float64'): 'F32' | 'F64' {
  return precision === 'float64' ? 'F64' : 'F32';
}

/** Named tensors as they are written, all of one type. */
export function tensorsToStore(
  tensors: readonly (Omit<TensorToStore, 'type'> & { readonly name: string })[],
  type: TensorToStore['type'],
): ReadonlyMap<string, TensorToStore> {
  return new Map(tensors.map(({ name, shape, values }) => [name, { type, shape, values }]));
}

/** The bytes of a file with these tensors, in this order within a type; float64 come first, so that all numbers are aligned. */
export function writeSafetensors(tensors: ReadonlyMap<string, TensorToStore>): Uint8Array {
  const ordered = [...tensors].sort(([, a], [, b]) => bytesOfNumber[b.type] - bytesOfNumber[a.type]);
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let dataLength = 0;
  for (const [name, { type, shape, values }] of ordered) {
    const count = shape.reduce((product, length) => product * length, 1);
    if (count !== values.length) {
      throw new Error(`"${name}" of ${shape.join(' x ')} has ${values.length} values`);
    }
    const to = dataLength + count * bytesOfNumber[type];
    header[name] = { dtype: type, shape, data_offsets: [dataLength, to] };
    dataLength = to;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Spaces after the header keep the numbers at multiples of eight.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(prefixLength + headerLength + dataLength);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, prefixLength, prefixLength + headerLength);
  bytes.set(json, prefixLength);
  let place = prefixLength + headerLength;
  for (const [, { type, values }] of ordered) {
    const size = bytesOfNumber[type];
    for (let index = 0; index < values.length; index++, place += size) {
      if (type === 'F32') view.setFloat32(place, values[index], true);
      else if (type === 'F64') view.setFloat64(place, values[index], true);
      else view.setInt32(place, values[index], true);
    }
  }
  return bytes;
}
