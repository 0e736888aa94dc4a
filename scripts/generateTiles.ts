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
  writeFileSync(
    file,
    [
      '// Made by scripts/generateTiles.ts.',
      "import { multiplyAdd } from './vectors';",
      ...variants.map(functionOf),
    ].join('\n\n'),
  );
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
    let from = start;
${eachRow((row) => `${eachVector((vector) => `    let c${row}${vector} = v128.load(from, ${16 * vector});`)}\n    from += startStride;`)}
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
    let to = c;
${eachRow((row) => `${eachVector((vector) => `    v128.store(to, c${row}${vector}, ${16 * vector});`)}\n    to += cStride;`)}
    ${packed ? '' : 'b += 32;'}
    c += 32;
    start += startNext;
  }
}`;
}

function eachRow(write: (row: number) => string): string {
  return tileRows.map(write).join('\n');
}

function eachVector(write: (vector: number) => string): string {
  return vectors.map(write).join('\n');
}

function steps({ rows, packed }: Variant, count: number): string {
  const lines: string[] = [];
  // Packed panels lie one behind the other, so that the pointer needs no return.
  const place = packed ? 'b' : 'place';
  for (let step = 0; step < count; step++) {
    const offset = packed ? 32 * step : 0;
    lines.push(`b0 = v128.load(${place}, ${offset});`, `b1 = v128.load(${place}, ${offset + 16});`);
    if (!packed) lines.push('place += bStride;');
    for (const row of tileRows) {
      const at = (bytes: number): number => step * bytes * (rows ? 1 : 4);
      lines.push(
        `x = sizeof<T>() == 4 ? v128.load32_splat(a${row}, ${at(4)}) : v128.load64_splat(a${row}, ${at(8)});`,
        ...vectors.map((vector) => `c${row}${vector} = multiplyAdd<T>(x, b${vector}, c${row}${vector});`),
      );
    }
  }
  const step = `${count} * ${rows ? '' : '4 * '}sizeof<T>()`;
  lines.push(...tileRows.map((row) => `a${row} += ${step};`));
  if (packed) lines.push(`b += ${32 * count};`);
  return lines.map((line) => `      ${line}`).join('\n');
}
