/** The comparison as a picture: for every job a row of bars, the speed relative to PyTorch's on a logarithmic scale. */
import { isOwn } from '../comparison/entries.ts';
import { write } from './numbers.ts';
import type { JobResult } from './results.ts';
import { escapeText, svg } from './svg.ts';
import { bestOfLibraries } from './tables.ts';

const labels = 150;
const scale = 440;
const barHeight = 14;
const gap = 26;
const top = 34;
/** Powers of ten of the ratio. */
const [lowest, highest] = [-4, 2];

/** The picture's text. */
export function speedPlot(jobs: readonly JobResult[]): string {
  const place = (ratio: number): number =>
    labels + (scale * (Math.log10(Math.max(ratio, 10 ** lowest)) - lowest)) / (highest - lowest);
  const parts: string[] = [];
  let y = top;
  for (const job of jobs) {
    parts.push(`<text x="6" y="${y + 11}" class="job">${job.name}</text>`);
    for (const { library, ratio } of bestOfLibraries(job)) {
      if (!Number.isFinite(ratio)) continue;
      const [from, to] = [Math.min(place(1), place(ratio)), Math.max(place(1), place(ratio))];
      const kind = isOwn(library) ? 'own' : 'other';
      parts.push(
        `<text x="${labels - 8}" y="${y + 11}" class="label">${escapeText(library)}</text>`,
        `<rect x="${from.toFixed(1)}" y="${y + 2}" width="${Math.max(1, to - from).toFixed(1)}" height="${barHeight - 4}" class="${kind}"/>`,
        ratio < 1
          ? `<text x="${(from - 4).toFixed(1)}" y="${y + 11}" class="label">${write(ratio)}</text>`
          : `<text x="${(to + 4).toFixed(1)}" y="${y + 11}">${write(ratio)}</text>`,
      );
      y += barHeight;
    }
    y += gap - barHeight;
  }
  const ticks = Array.from({ length: highest - lowest + 1 }, (_, index) => 10 ** (lowest + index));
  const grid = ticks.map((ratio) => {
    const x = place(ratio).toFixed(1);
    const line = `<line x1="${x}" y1="${top - 6}" x2="${x}" y2="${y - gap + barHeight}" class="${ratio === 1 ? 'one' : 'grid'}"/>`;
    return `${line}<text x="${x}" y="${top - 12}" class="tick">${ratio}×</text>`;
  });
  const title = "Speed relative to PyTorch's best setting, norms of all layers at every step";
  return svg({ width: labels + scale + 50, height: y, title }, [...grid, ...parts]);
}
