/**
 * The IDX format of the MNIST files: two zero bytes, a type, the number of dimensions, each size as a big-endian 32-bit number,
 * then the values, row-major.
 */

/** Unsigned bytes: the one type that MNIST's files have. */
const unsignedByte = 0x08;

export type IdxOutcome =
  | { readonly ok: true; readonly sizes: readonly number[]; readonly values: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** Reads an IDX file of unsigned bytes with so many dimensions. `values` is a view on `bytes`. */
export function readIdx(bytes: Uint8Array, dimensions: number): IdxOutcome {
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < 4) {
    return { ok: false, reason: `has ${bytes.length} bytes and no IDX header` };
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = header.getUint32(0);
  const expected = (unsignedByte << 8) | dimensions;
  if (magic !== expected) {
    return {
      ok: false,
      reason: `begins with ${hexadecimal(magic)}; an IDX file of bytes in ${dimensions} dimension${dimensions === 1 ? '' : 's'} begins with ${hexadecimal(expected)}`,
    };
  }
  if (bytes.length < headerLength) {
    return {
      ok: false,
      reason: `is cut off: it has ${bytes.length} bytes, its header alone takes ${headerLength}`,
    };
  }
  const sizes = Array.from({ length: dimensions }, (_, index) => header.getUint32(4 + 4 * index));
  const count = sizes.reduce((product, size) => product * size, 1);
  const values = bytes.subarray(headerLength);
  if (values.length !== count) {
    const problem =
      values.length < count ? 'is cut off or its header is wrong' : 'is longer than its header says';
    return {
      ok: false,
      reason: `${problem}: the header says ${sizes.join(' x ')} = ${count} bytes of values, there are ${values.length}`,
    };
  }
  return { ok: true, sizes, values };
}

function hexadecimal(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`;
}
