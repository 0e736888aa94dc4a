/**
 * Writes the innermost loops of matrix products in AssemblyScript, tiles.generated.ts: four rows by two vectors of C stay in
 * registers over the whole depth. Written by a script, because eight steps of the depth stand there one behind the other: then
 * pointers move and the loop's end is tested an eighth as often, and the compilers can put all other offsets into the instructions.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.ts';

/** Where the four numbers of A lie that a step of the depth takes, and whether B's rows lie one behind the other. */
interface Variant {
  readonly name: string;
  readonly description: string;
  /** Rows of A as they lie; otherwise quads, four numbers for each step of the depth. */
  readonly rows: boolean;
  readonly packed: boolean;
}

const variants: readonly Variant[] = [
  { name: 'rowsByPanels', description: 'Rows of A by packed panels of B', rows: true, packed: true },
  { name: 'rowsByColumns', description: 'Rows of A by B as it lies', rows: true, packed: false },
  {
    name: 'quadByPanels',
    description: 'A packed quad of A by packed panels of B',
    rows: false,
    packed: true,
  },
  { name: 'quadByColumns', description: 'A packed quad of A by B as it lies', rows: false, packed: false },
];

const tileRows = [0, 1, 2, 3];
const vectors = [0, 1];
const unrolled = 8;

/** Writes the file beside the kernels' other sources. */
export function generateTiles(): void {
  const file = path.join(root, 'src/engine/kernels/assembly/tiles.generated.ts');
  const functions = [...variants.map(functionOf), windowsByPanels(), cellsByPanels()];
  const head = ['// Made by scripts/generateTiles.ts.', "import { multiplyAdd } from './vectors';"];
  writeFileSync(file, [...head, ...functions].join('\n\n'));
}

function functionOf(variant: Variant): string {
  const { name, description, rows, packed } = variant;
  const step = rows ? 'sizeof<T>()' : '4 * sizeof<T>()';
  const between = rows ? 'aStride' : 'sizeof<T>()';
  return `/**
 * ${description}: \`count\` tiles of C beside each other. Their sums start from those at \`start\`, with rows \`startStride\` apart
 * and tiles \`startNext\`. The depth is a multiple of four. Strides are bytes.
 */
export function ${name}<T>(
  a: usize${rows ? ', aStride: usize' : ''}, b: usize${packed ? '' : ', bStride: usize'}, start: usize, startStride: usize, startNext: usize,
  c: usize, cStride: usize, count: i32, depth: i32,
): void {
  const end = a + <usize>depth * (${step});
  const most = a + <usize>(depth & ~${unrolled - 1}) * (${step});
  for (let tile = 0; tile < count; tile++) {
${startSums()}
    let a0 = a;
${tileRows
  .slice(1)
  .map((row) => `    let a${row} = a${row - 1} + ${between};`)
  .join('\n')}
    ${packed ? '' : 'let place = b;'}
    let x: v128, b0: v128, b1: v128;
    while (a0 < most) {
${steps(variant, unrolled)}
    }
    if (a0 < end) {
${steps(variant, unrolled / 2)}
    }
${storeSums()}
    ${packed ? '' : 'b += 32;'}
    c += 32;
    start += startNext;
  }
}`;
}

/** A convolution forward. The rows of A are windows on an image: pieces of memory, all four rows' at the same distances. */
function windowsByPanels(): string {
  const lengths = [unrolled / 2, unrolled / 4, unrolled / 8];
  return `/**
 * Four windows on an image by packed panels of B: \`count\` tiles of C beside each other. The windows start at \`image\` plus the four
 * numbers at \`pixels\`; the table of pieces holds the bytes of each, and those from its end to the next. Sums start as above.
 */
export function windowsByPanels<T>(
  image: usize, pixels: usize, pieces: usize, piecesEnd: usize, b: usize,
  start: usize, startStride: usize, startNext: usize, c: usize, cStride: usize, count: i32,
): void {
  for (let tile = 0; tile < count; tile++) {
${startSums()}
${tileRows.map((row) => `    let a${row} = image + <usize>load<u32>(pixels, ${4 * row});`).join('\n')}
    let x: v128, b0: v128, b1: v128;
    for (let piece = pieces; piece < piecesEnd; piece += 8) {
      const length = <usize>load<u32>(piece);
      const most = a0 + (length & ~(${unrolled} * sizeof<T>() - 1));
      while (a0 < most) {
${steps({ rows: true, packed: true }, unrolled)}
      }
${lengths.map((count) => `      if (length & (${count} * sizeof<T>())) {\n${steps({ rows: true, packed: true }, count)}\n      }`).join('\n')}
      const jump = <usize>load<u32>(piece, 4);
${tileRows.map((row) => `      a${row} += jump;`).join('\n')}
    }
${storeSums()}
    c += 32;
    start += startNext;
  }
}`;
}

/** A convolution's weight gradient. The rows of Aᵀ are cells of the window, its columns the places that the window takes. */
function cellsByPanels(): string {
  const lines: string[] = [];
  for (let step = 0; step < unrolled / 2; step++) {
    lines.push(
      `offset = <usize>load<u32>(pixel, ${4 * step});`,
      `b0 = v128.load(b, ${32 * step});`,
      `b1 = v128.load(b, ${32 * step + 16});`,
      ...tileRows.flatMap((row) => multiplyAndAdd(row, `a${row} + offset`)),
    );
  }
  return `/**
 * Four cells of a window, all over an image, by packed panels of B: \`count\` tiles of C beside each other. A cell lies at \`image\` plus
 * its number of the four at \`cells\` plus, for each step of the depth, a number of the table of pixels, a multiple of four.
 */
export function cellsByPanels<T>(
  image: usize, cells: usize, pixels: usize, pixelsEnd: usize, b: usize,
  start: usize, startStride: usize, startNext: usize, c: usize, cStride: usize, count: i32,
): void {
${tileRows.map((row) => `  const a${row} = image + <usize>load<u32>(cells, ${4 * row});`).join('\n')}
  for (let tile = 0; tile < count; tile++) {
${startSums()}
    let x: v128, b0: v128, b1: v128, offset: usize;
    for (let pixel = pixels; pixel < pixelsEnd; pixel += ${2 * unrolled}) {
${lines.map((line) => `      ${line}`).join('\n')}
      b += ${16 * unrolled};
    }
${storeSums()}
    c += 32;
    start += startNext;
  }
}`;
}

function startSums(): string {
  const loads = (row: number): string =>
    eachVector((vector) => `    let c${row}${vector} = v128.load(from, ${16 * vector});`);
  return `    let from = start;\n${eachRow((row) => `${loads(row)}\n    from += startStride;`)}`;
}

function storeSums(): string {
  const stores = (row: number): string =>
    eachVector((vector) => `    v128.store(to, c${row}${vector}, ${16 * vector});`);
  return `    let to = c;\n${eachRow((row) => `${stores(row)}\n    to += cStride;`)}`;
}

function eachRow(write: (row: number) => string): string {
  return tileRows.map(write).join('\n');
}

function eachVector(write: (vector: number) => string): string {
  return vectors.map(write).join('\n');
}

function steps({ rows, packed }: Pick<Variant, 'rows' | 'packed'>, count: number): string {
  const lines: string[] = [];
  // Packed panels lie one behind the other, so that the pointer needs no return.
  const place = packed ? 'b' : 'place';
  for (let step = 0; step < count; step++) {
    const offset = packed ? 32 * step : 0;
    lines.push(`b0 = v128.load(${place}, ${offset});`, `b1 = v128.load(${place}, ${offset + 16});`);
    if (!packed) lines.push('place += bStride;');
    lines.push(...tileRows.flatMap((row) => multiplyAndAdd(row, `a${row}`, step * (rows ? 1 : 4))));
  }
  const step = `${count} * ${rows ? '' : '4 * '}sizeof<T>()`;
  lines.push(...tileRows.map((row) => `a${row} += ${step};`));
  if (packed) lines.push(`b += ${32 * count};`);
  return lines.map((line) => `      ${line}`).join('\n');
}

/** One number of A, `index` numbers behind `place`, times the two vectors of B. */
function multiplyAndAdd(row: number, place: string, index = 0): string[] {
  return [
    `x = sizeof<T>() == 4 ? v128.load32_splat(${place}, ${4 * index}) : v128.load64_splat(${place}, ${8 * index});`,
    ...vectors.map((vector) => `c${row}${vector} = multiplyAdd<T>(x, b${vector}, c${row}${vector});`),
  ];
}
