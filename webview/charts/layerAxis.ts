/** The axis of layers from input to output, with as many names as there is room for. */
import type { RecordedLayer } from '../../src/engine/recording.ts';
import type { PlotAxis } from './plot.ts';
import { evenlyChosen } from './thin.ts';

const characterWidth = 6.3;
const gap = 8;
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

/** The first and the last name and evenly spread ones between that do not touch. Within a `repeat`, `[3]` stands for `hidden[3]`. */
export function shownNames(
  names: readonly string[],
  width: number,
): readonly { readonly index: number; readonly label: string }[] {
  const each = width / Math.max(1, names.length);
  const whole = names.map((name) => shortName(name, 24));
  const short = names.map((name, index) => shortened(name, names[index - 1]));
  for (const labels of [whole, short]) {
    const touch = labels.some(
      (label, index) => (widthOf(label) + widthOf(labels[index + 1] ?? '')) / 2 > each,
    );
    if (!touch) return labels.map((label, index) => ({ index, label }));
  }
  const labels = names.map((name) => shortName(name, 14));
  const stride = Math.max(1, Math.ceil(Math.max(...labels.map(widthOf)) / each));
  const last = names.length - 1;
  return labels
    .map((label, index) => ({ index, label }))
    .filter(({ index }) => index === last || (index % stride === 0 && last - index >= stride));
}

/** The layers that are named beside `height` pixels: first, last and evenly spread ones between. */
export function shownRows(layers: number, height: number): number[] {
  return evenlyChosen(layers, Math.max(2, Math.floor(height / lineHeight)));
}

/** `hidden[3]` after `hidden[2]` is `[3]`. */
function shortened(name: string, before: string | undefined): string {
  const stem = /^(.*)(\[\d+\])$/.exec(name);
  const stemBefore = before === undefined ? undefined : /^(.*)\[\d+\]$/.exec(before)?.[1];
  return stem?.[1] !== undefined && stem[1] === stemBefore ? (stem[2] ?? name) : shortName(name, 14);
}

/** A name of at most `most` characters, its middle left out if it has to be. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const kept = most - 1;
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`;
}

function widthOf(label: string): number {
  return label.length * characterWidth + gap;
}
