/** The axis of layers from input to output, with as many names as there is room for. */
import type { RecordedLayer } from '../../src/engine/recording.ts';
import type { PlotAxis } from './plot.ts';

/** Pixels that a character of a label takes, on average. */
export const characterWidth = 6.3;
const gap = 8;
const mostCharacters = 16;
/** Every how many layers one is named, at most. */
const strides = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/** Names are made of these parts: `block`, `[2]`, `.norm`. */
const boundary = /(?=[[.])/;
const lineHeight = 14;

/** An axis for layers at 0, 1, 2, …; `width` is that of the plot in pixels. */
export function layerAxis(layers: readonly RecordedLayer[], width: number, title?: string): PlotAxis {
  const shown = shownNames(
    layers.map(({ name }) => name),
    width,
  );
  return {
    from: -0.5,
    to: layers.length - 0.5,
    ticks: shown.map(({ index, label }) => ({ at: index, label })),
    grid: false,
    ...(title === undefined ? {} : { title }),
  };
}

/**
 * The first and the last name and evenly spread ones between that do not touch. What a name has in common with the one
 * shown before it is left out where room is short: `[3]` for `hidden[3]`.
 */
export function shownNames(names: readonly string[], width: number): readonly NamedPlace[] {
  const each = width / Math.max(1, names.length);
  const whole = names.map((name, index) => ({ index, label: shortName(name, mostCharacters) }));
  const last = names.length - 1;
  for (const stride of strides) {
    // The one in front of the last may stand nearer to it than to the one before, so that no gap is left there.
    for (const least of new Set([Math.ceil(stride / 2), stride])) {
      const indices = whole
        .map(({ index }) => index)
        .filter((index) => index === last || (index % stride === 0 && last - index >= least));
      for (const labels of [indices.map((index) => whole[index]), shortenedNames(names, indices)]) {
        const known = labels.filter((label) => label !== undefined);
        if (!known.some((label, at) => doTouch(label, known[at + 1], each))) return known;
      }
    }
  }
  return whole.slice(0, 1);
}

interface NamedPlace {
  readonly index: number;
  readonly label: string;
}

function doTouch(one: NamedPlace, next: NamedPlace | undefined, each: number): boolean {
  return (
    next !== undefined && (widthOf(one.label) + widthOf(next.label)) / 2 > each * (next.index - one.index)
  );
}

/** These of the names, each without what it shares with the one before it. */
export function shortenedNames(names: readonly string[], indices: readonly number[]): NamedPlace[] {
  return indices.map((index, place) => {
    const before = names[indices[place - 1] ?? -1];
    const name = names[index] ?? '';
    return { index, label: shortName(before === undefined ? name : shortened(name, before), mostCharacters) };
  });
}

/** `hidden[3]` after `hidden[2]` is `[3]`; `block[1].norm` after `block[1].dense` is `.norm`. */
function shortened(name: string, before: string): string {
  const parts = name.split(boundary);
  const partsBefore = before.split(boundary);
  let from = 0;
  while (from < parts.length - 1 && parts[from] === partsBefore[from]) from += 1;
  let to = parts.length;
  if (parts.length === partsBefore.length) {
    while (to > from + 1 && parts[to - 1] === partsBefore[to - 1]) to -= 1;
  }
  return parts.slice(from, to).join('');
}

/** The layers that are named beside `height` pixels: the first, the last and those at round distances between. */
export function shownRows(layers: number, height: number): number[] {
  const each = height / Math.max(1, layers);
  const stride = strides.find((candidate) => candidate * each >= lineHeight) ?? layers;
  const last = layers - 1;
  return Array.from({ length: layers }, (_, index) => index).filter(
    (index) => index === last || (index % stride === 0 && (last - index) * each >= lineHeight),
  );
}

/** A name of at most `most` characters: its number, by which it is told from its neighbours, stays before its beginning does. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const kept = most - 1;
  const numbered = name.slice(name.lastIndexOf('['));
  if (numbered.startsWith('[') && numbered.length <= kept) return `…${numbered}`;
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`;
}

function widthOf(label: string): number {
  return label.length * characterWidth + gap;
}
