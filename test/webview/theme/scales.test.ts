import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contrast,
  fromLab,
  labDistance,
  parseColour,
  toHex,
  toLab,
  withAlpha,
  type Rgb,
} from '../../../webview/theme/colour.ts';
import { depthColours, depthScale, normScale } from '../../../webview/theme/scales.ts';

const backgrounds: readonly [string, Rgb][] = [
  ['dark', [0.12, 0.12, 0.12]],
  ['light', [1, 1, 1]],
  ['high contrast', [0, 0, 0]],
];

describe('colours', () => {
  it.each([
    ['#fff', [1, 1, 1]],
    ['#ff0000', [1, 0, 0]],
    ['#00ff0080', [0, 1, 0]],
    ['rgb(0, 0, 255)', [0, 0, 1]],
    ['rgba(255, 255, 255, 0.7)', [1, 1, 1]],
    ['red', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseColour(text)).toEqual(expected);
  });

  it('go to OKLab and back; white and red are those of Ottosson’s table', () => {
    expect(toLab([1, 1, 1])[0]).toBeCloseTo(1, 4);
    const red = toLab([1, 0, 0]);
    expect([red[0], red[1], red[2]].map((value) => Number(value.toFixed(3)))).toEqual([0.628, 0.225, 0.126]);
    const channel = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), (colour) => {
        const back = fromLab(toLab(colour));
        // The matrices of the definition have ten digits.
        for (const [index, value] of colour.entries()) expect(back[index]).toBeCloseTo(value, 4);
      }),
    );
  });

  it('contrast as WCAG has it: black on white is 21', () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 10);
    expect(contrast([1, 1, 1], [1, 1, 1])).toBe(1);
  });

  it('are written for a canvas', () => {
    expect(toHex([1, 0.5, 0])).toBe('#ff8000');
    expect(withAlpha('#ff8000', 0.5)).toBe('rgba(255, 128, 0, 0.5)');
  });
});

describe.each(backgrounds)('the scale of depth on a %s background', (_name, background) => {
  const scale = depthScale(background);
  const colours = Array.from({ length: 41 }, (_, index) => scale(index / 40));

  it('stands out everywhere, as WCAG asks of graphics', () => {
    // 8-bit colours round; a hundredth is far below what an eye sees.
    for (const colour of colours) expect(contrast(colour, background)).toBeGreaterThan(2.99);
  });

  it('is perceptually even: every step is equally long', () => {
    const labs = colours.map(toLab);
    const lengths = labs.slice(1).map((lab, index) => labDistance(labs[index] ?? lab, lab));
    // Chords of a curve differ a little from its arcs, most at its bends.
    expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.15);
  });

  it('rises in lightness, so that it needs no sense of hue', () => {
    const lightness = colours.map((colour) => toLab(colour)[0]);
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
  });
});

it('the scale of norms rises in lightness from nearly black to nearly white', () => {
  const lightness = Array.from({ length: 64 }, (_, index) => toLab(normScale()(index / 63))[0]);
  expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
  expect(lightness[0]).toBeLessThan(0.1);
  expect(lightness.at(-1)).toBeGreaterThan(0.95);
});

it('a scale exists for any background', () => {
  const channel = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(channel, channel, channel), (background) => {
      for (const colour of depthColours(depthScale(background), 3)) expect(colour).toMatch(/^#[\da-f]{6}$/);
    }),
    { numRuns: 30 },
  );
});
