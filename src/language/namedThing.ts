/** What a file names, with its uses; and which of it are the labels of one network. */
import type { LayerBlock, LayerLine, Name, NetworkStatement, Span } from './syntax.ts';

/** A `let`, a label or a network. */
export interface NamedThing {
  readonly kind: 'let' | 'label' | 'network';
  readonly name: string;
  /** The name where it is defined. */
  readonly definition: Span;
  /** Everywhere else. */
  readonly uses: readonly Span[];
  /** What the definition says, as one line. */
  readonly statement: Span;
}

/** The labels of one network. */
export function labelsOf({ block }: NetworkStatement): NamedThing[] {
  const lines = block ? [...allLines(block)] : [];
  const uses = new Map<string, Name[]>();
  for (const line of lines) {
    const name = labelUse(line);
    if (!name) continue;
    const others = uses.get(name.text);
    if (others) others.push(name);
    else uses.set(name.text, [name]);
  }
  const seen = new Set<string>();
  return lines.flatMap(({ label, from, to }) => {
    if (!label || seen.has(label.text)) return [];
    seen.add(label.text);
    return [
      {
        kind: 'label',
        name: label.text,
        definition: label,
        uses: uses.get(label.text) ?? [],
        statement: { from, to },
      } satisfies NamedThing,
    ];
  });
}

/** The label that an `add` or `concat` names. */
function labelUse({ kind, positional, named }: LayerLine): Name | undefined {
  if (kind.text !== 'add' && kind.text !== 'concat') return undefined;
  const value = positional[0] ?? named.find(({ name }) => name.text === 'label')?.value;
  return value?.type === 'name' ? value : undefined;
}

/** Every layer line of a block and of the blocks in it. */
function* allLines(block: LayerBlock): Generator<LayerLine> {
  for (const line of block.lines) {
    if (line.type !== 'layer') continue;
    yield line;
    if (line.block) yield* allLines(line.block);
  }
}
