/** What several charts draw alike: threshold, cursor, bands and the small labels beside them. */
import { formatSetting } from '../../src/analysis/numbers.ts';
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import type { Plot } from './plot.ts';
import { positionOn, type ValueAxis } from './valueAxis.ts';

/** Dashes by which layers and runs are told where colour is not enough. */
export const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [10, 3, 2, 3], [5, 5], [14, 4]];

/** The bands of exact zeros and of what is not finite, shaded. */
export function drawBands(
  plot: Plot,
  context: CanvasRenderingContext2D,
  axis: ValueAxis,
  theme: Theme,
): void {
  const { area } = plot;
  if (area === undefined) return;
  const shade = (from: number, to: number, colour: string): void => {
    const [top, bottom] = [plot.y(to), plot.y(from)];
    context.fillStyle = withAlpha(colour, 0.08);
    context.fillRect(area.left, top, area.right - area.left, bottom - top);
    context.strokeStyle = withAlpha(colour, 0.5);
    context.setLineDash([1, 3]);
    const edge = to === axis.top ? bottom : top;
    line(context, area.left, edge, area.right, edge);
  };
  if (axis.zero !== undefined) shade(axis.bottom, axis.low, theme.foreground);
  if (axis.notFinite !== undefined) shade(axis.high, axis.top, theme.error);
}

/** The threshold's line, labelled; an arrow at the edge where it lies outside of the axis. */
export function drawThreshold(
  plot: Plot,
  context: CanvasRenderingContext2D,
  axis: ValueAxis,
  threshold: number,
  theme: Theme,
): void {
  const { area } = plot;
  if (area === undefined) return;
  const wanted = positionOn(axis, threshold);
  const y = plot.y(Math.min(axis.top, Math.max(axis.bottom, wanted)));
  context.strokeStyle = theme.warning;
  context.lineWidth = theme.highContrast ? 2 : 1.25;
  context.setLineDash([6, 4]);
  line(context, area.left, y, area.right, y);
  context.setLineDash([]);
  const text = `threshold ${formatSetting(threshold)}`;
  const away = wanted > axis.top ? ' ↑' : wanted < axis.bottom ? ' ↓' : '';
  const below = y - area.top < 18;
  haloText(context, `${text}${away}`, area.left + 6, below ? y + 10 : y - 8, theme, theme.warning);
}

/** Pixels above and below the threshold's line in which it can be taken hold of. */
export const thresholdReach = 6;

/** The chosen step. */
export function drawCursor(plot: Plot, context: CanvasRenderingContext2D, step: number, theme: Theme): void {
  const { area } = plot;
  if (area === undefined) return;
  const x = plot.x(step);
  context.strokeStyle = withAlpha(theme.foreground, theme.highContrast ? 1 : 0.55);
  context.lineWidth = 1;
  line(context, x, area.top, x, area.bottom);
}

/** Text with a rim of the background, legible on top of lines. */
export function haloText(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  theme: Theme,
  colour: string = theme.foreground,
): void {
  context.font = `${theme.fontSize}px ${theme.fontFamily}`;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = theme.background;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** A small label near a point, kept inside of the plot. */
export function drawChip(
  plot: Plot,
  context: CanvasRenderingContext2D,
  text: string,
  at: { readonly x: number; readonly y: number },
  theme: Theme,
): void {
  const { area } = plot;
  if (area === undefined) return;
  context.font = `600 ${theme.fontSize}px ${theme.fontFamily}`;
  const width = context.measureText(text).width + 12;
  const height = 20;
  const left = at.x + 10 + width <= area.right ? at.x + 10 : Math.max(area.left, at.x - 10 - width);
  const above = at.y - height - 8;
  const top = above >= area.top ? above : Math.min(at.y + 10, area.bottom - height);
  context.setLineDash([]);
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(Math.round(left) + 0.5, Math.round(top) + 0.5, width, height, 4);
  context.fillStyle = theme.background;
  context.fill();
  context.strokeStyle = withAlpha(theme.foreground, theme.highContrast ? 1 : 0.35);
  context.stroke();
  context.fillStyle = theme.foreground;
  context.textBaseline = 'middle';
  context.fillText(text, left + 6, top + height / 2 + 0.5);
}

/** A veil over all marks, for one of them to be drawn above it. */
export function drawVeil(plot: Plot, context: CanvasRenderingContext2D, theme: Theme): void {
  const { area } = plot;
  if (area === undefined) return;
  context.fillStyle = withAlpha(theme.background, 0.65);
  context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
}

/** A ring around a point. */
export function drawRing(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  colour: string,
  theme: Theme,
): void {
  context.setLineDash([]);
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = theme.foreground;
  context.stroke();
}

/** The line through places in pixels. */
export function tracePath(
  context: CanvasRenderingContext2D,
  places: readonly { readonly x: number; readonly y: number }[],
  colour: string,
  dash: readonly number[],
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash([...dash]);
  context.beginPath();
  for (const { x, y } of places) context.lineTo(x, y);
  context.stroke();
}

/** The area between two lines through places in pixels. */
export function fillBetween(
  context: CanvasRenderingContext2D,
  high: readonly { readonly x: number; readonly y: number }[],
  low: readonly { readonly x: number; readonly y: number }[],
  colour: string,
): void {
  context.beginPath();
  for (const { x, y } of high) context.lineTo(x, y);
  for (const { x, y } of low.toReversed()) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

export function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
