import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors, type TensorToStore } from '../../src/interop/safetensors.ts';
// Packed by hand from the format's description: test/fixtures/data/make.py.
import files from '../fixtures/data/safetensors.json' with { type: 'json' };

const fromHexadecimal = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function read(bytes: Uint8Array) {
  const outcome = readSafetensors(bytes);
  if (!outcome.ok) {
    throw new Error(outcome.reason);
  }
  return outcome.tensors;
}

/** A file with this header as text and so many bytes of numbers. */
function fileOf(header: string, dataLength: number, claimedLength?: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimedLength ?? text.length), true);
  bytes.set(text, 8);
  return bytes;
}

test('reads float32 and float64, and knows of other types', () => {
  const tensors = read(fromHexadecimal(files.mixed));
  expect([...tensors.keys()]).toEqual(['dense1.weight', 'dense1.bias', 'norm.num_batches_tracked']);
  expect(tensors.get('dense1.weight')).toEqual({
    type: 'F32',
    shape: [2, 3],
    values: Float64Array.from(files.values['dense1.weight']),
  });
  expect(tensors.get('dense1.bias')).toEqual({
    type: 'F64',
    shape: [2],
    values: Float64Array.from(files.values['dense1.bias']),
  });
  expect(tensors.get('norm.num_batches_tracked')).toEqual({ type: 'I64', shape: [], values: undefined });
});

test('reads from the middle of a larger buffer', () => {
  const bytes = fromHexadecimal(files.mixed);
  const larger = new Uint8Array(bytes.length + 5);
  larger.set(bytes, 5);
  expect(read(larger.subarray(5))).toEqual(read(bytes));
});

test('a file without tensors has none', () => {
  expect(read(fromHexadecimal(files.empty)).size).toBe(0);
});

test('what is written is read again, bit for bit', () => {
  const tensor = fc
    .tuple(
      fc.constantFrom('F32' as const, 'F64' as const),
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    )
    .chain(([type, shape]) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const numbers = type === 'F32' ? fc.float() : fc.double();
      return fc
        .array(numbers, { minLength: length, maxLength: length })
        .map((values): TensorToStore => ({ type, shape, values: Float64Array.from(values) }));
    });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), tensor)), (entries) => {
      const tensors = new Map(entries.filter(([name]) => name !== '__metadata__' && name !== '__proto__'));
      const bytes = writeSafetensors(tensors);
      // Numbers begin at a multiple of eight, so that a reader can map them.
      expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
      const again = read(bytes);
      expect(again.size).toBe(tensors.size);
      for (const [name, { type, shape, values }] of tensors) {
        expect(again.get(name)).toEqual({ type, shape, values });
      }
    }),
  );
});

test.each(['prototype', 'constructor', 'toString'])('a tensor may be called %s', (name) => {
  const values = Float64Array.of(1);
  const again = read(writeSafetensors(new Map([[name, { type: 'F64', shape: [1], values }]])));
  expect(again.get(name)).toEqual({ type: 'F64', shape: [1], values });
});

describe('a file that lies', () => {
  const entry = (dtype: string, shape: string, from: number, to: number) =>
    `{"w":{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}}`;
  test.each([
    ['is too short for a header', Uint8Array.of(1, 2, 3), 'is cut off: it has 3 bytes'],
    [
      'is no such file',
      new TextEncoder().encode('PK-zip-or-whatever'),
      'is cut off or no safetensors file: it says that its header has 8011182910485646160 bytes, the whole file has 18',
    ],
    [
      'claims a longer header than it has',
      fileOf('{}', 0, 1000),
      'is cut off or no safetensors file: it says that its header has 1000 bytes, the whole file has 10',
    ],
    ['has no JSON', fileOf('{"w":', 0), 'has a header that is not JSON'],
    ['has no object', fileOf('[]', 0), 'has a header that is not a JSON object'],
    ['has an unknown type', fileOf(entry('F7', '[1]', 0, 4), 4), 'has the tensor "w" of the unknown type F7'],
    [
      'claims another length than its shape',
      fileOf(entry('F32', '[2,3]', 0, 20), 20),
      'has a header that is wrong: "w", F32 of 2 x 3, takes 24 bytes, not 20',
    ],
    [
      'leaves a hole',
      fileOf(entry('F32', '[1]', 4, 8), 8),
      'has a header that is wrong: "w" begins at byte 4, where 0 is expected',
    ],
    [
      'is cut off',
      fileOf(entry('F64', '[4]', 0, 32), 31),
      'is cut off: "w" ends at byte 32 of 31 bytes of numbers',
    ],
    [
      'goes on after its last tensor',
      fileOf(entry('F32', '[1]', 0, 4), 6),
      'is longer than its header says: 6 bytes of numbers instead of 4',
    ],
    [
      'claims more than any memory',
      fileOf(entry('F32', '[9000000000000]', 0, 36000000000000), 4),
      'is cut off: "w" ends at byte 36000000000000 of 4 bytes of numbers',
    ],
  ])('%s', (_, bytes, reason) => {
    expect(readSafetensors(bytes)).toEqual({ ok: false, reason });
  });

  test.each(['{"w":5}', '{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}', '{"w":{"dtype":"F32"}}'])(
    'has the header %s',
    (header) => {
      const outcome = readSafetensors(fileOf(header, 0));
      expect(outcome.ok ? '' : outcome.reason).toMatch(/^has a header that is wrong at w/);
    },
  );

  test('never throws, whatever is broken', () => {
    const bytes = fromHexadecimal(files.mixed);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (place, value, length) => {
        const broken = bytes.slice(0, Math.max(length, place + 1));
        broken[place] = value;
        expect(readSafetensors(broken).ok).toBeTypeOf('boolean');
      }),
    );
  });
});

test('a tensor whose values do not fit its shape is a bug and says so', () => {
  const tensor: TensorToStore = { type: 'F32', shape: [2, 2], values: new Float32Array(3) };
  expect(() => writeSafetensors(new Map([['w', tensor]]))).toThrow('"w" of 2 x 2 has 3 values');
});
