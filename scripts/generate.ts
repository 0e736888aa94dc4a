/** Writes the generated sources anew where something that they are made of is newer. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.ts';

const generated = [
  {
    outputs: ['src/language/parser.generated.ts', 'src/language/parser.terms.generated.ts'],
    sources: ['src/language/vgnet.grammar', 'scripts/generateParser.ts'],
    make: async () => (await import('./generateParser.ts')).generateParser(),
  },
  {
    outputs: ['src/engine/kernels/strict.generated.ts', 'src/engine/kernels/relaxed.generated.ts'],
    sources: ['src/engine/kernels/assembly', 'scripts/generateKernels.ts', 'scripts/generateTiles.ts'],
    make: async () => (await import('./generateKernels.ts')).generateKernels(),
  },
];

let running: Promise<void> | undefined;

/** Brings all generated sources up to date; the bundles of one build share one call. */
export function generate(): Promise<void> {
  running ??= generateWhatIsOld().finally(() => {
    running = undefined;
  });
  return running;
}

async function generateWhatIsOld(): Promise<void> {
  for (const { outputs, sources, make } of generated) {
    const made = Math.min(...outputs.map(changed));
    if (Math.max(...sources.map(changed)) >= made) await make();
  }
}

/** When a file, or the last file of a folder, was changed; in milliseconds, 0 where there is none. */
function changed(name: string): number {
  const stat = statSync(path.join(root, name), { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(...readdirSync(path.join(root, name)).map((entry) => changed(path.join(name, entry))));
}
