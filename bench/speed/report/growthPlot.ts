/** Growth as a picture: a panel for each series, time and memory relative to the first point, both axes logarithmic. */
import { exponent } from './numbers.ts';
import type { GrowthResult } from './results.ts';
import { escapeText, svg } from './svg.ts';

const panel = { width: 340, height: 220 };
const inner = { left: 60, top: 40, width: 246, height: 140 };
/** Pixels between the words on time and those on memory. */
const labelDistance = 130;
/** Labels of the axis are dropped where they would come nearer to the last one than this. */
const leastTickDistance = 45;

/** The picture's text. */
export function growthPlot(results: readonly GrowthResult[]): string {
  const parts = results.map((result, index) => {
    const x = (index % 2) * panel.width;
    const y = Math.floor(index / 2) * panel.height;
    return `<g transform="translate(${x} ${y})">\n${drawPanel(result)}\n</g>`;
  });
  const title = 'Time and memory over depth, width, batch and steps';
  return svg({ width: 2 * panel.width, height: panel.height * Math.ceil(results.length / 2), title }, parts);
}

function drawPanel({ what, points }: GrowthResult): string {
  const series = [
    { name: 'time', values: points.map(({ milliseconds }) => milliseconds) },
    { name: 'memory', values: points.map(({ bytes }) => bytes) },
  ];
  const sizes = points.map(({ size }) => size);
  const most = Math.max(...series.flatMap(({ values }) => values.map((value) => value / values[0])), 10);
  const placeX = (size: number): number =>
    inner.left + (inner.width * Math.log(size / sizes[0])) / Math.log((sizes.at(-1) ?? 1) / sizes[0]);
  const placeY = (ratio: number): number =>
    inner.top + inner.height * (1 - Math.log(Math.max(ratio, 0.5)) / Math.log(most));
  const lines = series.map(({ name, values }, index) => {
    const path = values
      .map((value, at) => `${placeX(sizes[at]).toFixed(1)},${placeY(value / values[0]).toFixed(1)}`)
      .join(' ');
    const slope = exponent(values.map((value, at) => [sizes[at], value])).toFixed(2);
    const label = `<text x="${inner.left + 4 + labelDistance * index}" y="34" class="${name}-text">${name}: exponent ${slope}</text>`;
    return `<polyline points="${path}" class="${name}"/>${label}`;
  });
  const floor = inner.top + inner.height;
  const decades = Array.from({ length: Math.floor(Math.log10(most)) }, (_, index) => {
    const ratio = 10 ** (index + 1);
    const y = placeY(ratio).toFixed(1);
    const grid = `<line x1="${inner.left}" y1="${y}" x2="${inner.left + inner.width}" y2="${y}" class="grid"/>`;
    return `${grid}<text x="${inner.left - 6}" y="${y}" dy="4" class="label">${ratio.toLocaleString('en-US')}×</text>`;
  });
  const ticks = sizes
    .filter((_, index) => index % 3 === 0 || index === sizes.length - 1)
    .filter((size, index, shown) => {
      const room = inner.left + inner.width - placeX(size);
      return index === shown.length - 1 || room >= leastTickDistance;
    })
    .map(
      (size) =>
        `<text x="${placeX(size).toFixed(1)}" y="${floor + 16}" class="tick">${size.toLocaleString('en-US')}</text>`,
    );
  return [
    `<text x="${inner.left + 4}" y="18" class="job">${escapeText(what)}</text>`,
    `<line x1="${inner.left}" y1="${floor}" x2="${inner.left + inner.width}" y2="${floor}" class="one"/>`,
    ...decades,
    ...lines,
    ...ticks,
  ].join('\n');
}
