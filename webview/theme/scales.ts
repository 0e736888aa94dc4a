/**
 * Colour scales. Depth is told by viridis, the size of a norm by magma (both by Smith and van der Walt, CC0): they rise in
 * lightness, so they also work for the colour-blind and in print.
 */
import { contrast, fromLab, labDistance, parseColour, toHex, toLab, type Lab, type Rgb } from './colour.ts';

const viridis = '#440154 #482878 #3e4989 #31688e #26828e #1f9e89 #35b779 #6ece58 #b5de2b #fde725';
const magma = '#000004 #140e36 #3b0f70 #641a80 #8c2981 #b73779 #de4968 #f7705c #fe9f6d #fecf92 #fcfdbf';

/** A colour for each number between 0 and 1. */
export type ColourScale = (share: number) => Rgb;

/** Lines on a background need this contrast (WCAG 1.4.11). */
const graphicContrast = 3;
const samples = 256;

/**
 * Colours from the first layer (0) to the last (1) that stand out from a background: the part of viridis with enough
 * contrast, walked through in steps that look equal.
 */
export function depthScale(background: Rgb): ColourScale {
  const whole = evenScale(parseAnchors(viridis));
  const parts = Array.from({ length: samples + 1 }, (_, index) => whole(index / samples));
  const visible = longestRun(parts.map((colour) => contrast(colour, background) >= graphicContrast));
  const chosen = parts.slice(visible.from, visible.to);
  // A background of middling grey leaves little; better faint than all alike.
  return evenScale((chosen.length > samples / 4 ? chosen : parts).map(toLab));
}

/** Colours of small (0) to large (1) norms, and the same as bytes for 256 steps. */
export function normScale(): ColourScale {
  return evenScale(parseAnchors(magma));
}

/** A scale through these colours at a constant perceptual speed. */
export function evenScale(anchors: readonly Lab[]): ColourScale {
  const distances = anchors.map((anchor, index) =>
    index === 0 ? 0 : labDistance(anchors[index - 1] ?? anchor, anchor),
  );
  let total = 0;
  const positions = distances.map((distance) => (total += distance));
  return (share) => {
    const wanted = Math.min(1, Math.max(0, share)) * total;
    const after = Math.max(
      1,
      positions.findIndex((position) => position >= wanted),
    );
    const [from, to] = [anchors[after - 1], anchors[after]];
    if (from === undefined || to === undefined) throw new Error(`A scale of ${anchors.length} colours`);
    const begin = positions[after - 1] ?? 0;
    const length = (positions[after] ?? 0) - begin;
    const part = length === 0 ? 0 : (wanted - begin) / length;
    const mix = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * part;
    return fromLab([mix(0), mix(1), mix(2)]);
  };
}

const knownColours = new WeakMap<ColourScale, Map<number, readonly string[]>>();

/** The colours of a number of layers, from input to output, as `#rrggbb`; asked for in every frame, computed once. */
export function depthColours(scale: ColourScale, layers: number): readonly string[] {
  const ofScale = knownColours.get(scale) ?? new Map<number, readonly string[]>();
  knownColours.set(scale, ofScale);
  const known = ofScale.get(layers) ?? computeDepthColours(scale, layers);
  ofScale.set(layers, known);
  return known;
}

function computeDepthColours(scale: ColourScale, layers: number): string[] {
  return Array.from({ length: layers }, (_, index) => toHex(scale(layers === 1 ? 1 : index / (layers - 1))));
}

function parseAnchors(text: string): Lab[] {
  return text.split(' ').map((hex) => {
    const colour = parseColour(hex);
    if (colour === undefined) throw new Error(`No colour: ${hex}`);
    return toLab(colour);
  });
}

function longestRun(flags: readonly boolean[]): { from: number; to: number } {
  let best = { from: 0, to: 0 };
  let from = 0;
  for (let index = 0; index <= flags.length; index += 1) {
    if (flags[index]) continue;
    if (index - from > best.to - best.from) best = { from, to: index };
    from = index + 1;
  }
  return best;
}
