/** What the pointer does on a plot: takes hold of the threshold, moves the step, points at layers. */
import type { Intents } from '../page/intents.ts';
import { thresholdReach } from './marks.ts';
import type { Plot } from './plot.ts';
import { positionOn, valueAt, type ValueAxis } from './valueAxis.ts';

export interface PointerTargets {
  /** Of a plot whose vertical axis is the metric's. */
  axis?(): ValueAxis | undefined;
  threshold?(): number | undefined;
  /** The layer at a point; undefined where there is none near. */
  layerAt?(x: number, y: number): string | undefined;
  /** The step at a point, where the horizontal axis is that of steps. */
  stepAt?(x: number): number | undefined;
}

/** Wires a plot. A press moves the step where there are steps, and otherwise chooses the layer; a double press shows its line. */
export function followPointer(plot: Plot, intents: Intents, targets: PointerTargets): void {
  const { root } = plot;
  let dragging: 'threshold' | 'step' | undefined;

  const place = (event: PointerEvent | MouseEvent): { x: number; y: number } => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const isInside = ({ x, y }: { x: number; y: number }): boolean => {
    const { area } = plot;
    return (
      area !== undefined &&
      x >= area.left - 2 &&
      x <= area.right + 2 &&
      y >= area.top - 2 &&
      y <= area.bottom + 2
    );
  };
  const isOnThreshold = ({ y }: { y: number }): boolean => {
    const axis = targets.axis?.();
    const threshold = targets.threshold?.();
    if (axis === undefined || threshold === undefined) return false;
    return Math.abs(plot.y(positionOn(axis, threshold)) - y) <= thresholdReach;
  };
  const draft = (y: number): number | undefined => {
    const axis = targets.axis?.();
    // Two digits: nobody means the third.
    return axis && Number(valueAt(axis, plot.yAt(y)).toPrecision(2));
  };

  root.addEventListener('pointerdown', (event) => {
    const at = place(event);
    if (event.button !== 0 || !isInside(at)) return;
    if (isOnThreshold(at)) dragging = 'threshold';
    else if (targets.stepAt !== undefined) dragging = 'step';
    else {
      const layer = targets.layerAt?.(at.x, at.y);
      if (layer !== undefined) intents.pointAt(layer);
    }
    if (dragging === undefined) return;
    root.setPointerCapture(event.pointerId);
    if (dragging === 'step') intents.chooseStep(targets.stepAt?.(at.x));
  });
  root.addEventListener('pointermove', (event) => {
    const at = place(event);
    if (dragging === 'threshold') return intents.draftThreshold(draft(at.y));
    if (dragging === 'step') return intents.chooseStep(targets.stepAt?.(at.x));
    const onThreshold = isInside(at) && isOnThreshold(at);
    root.classList.toggle('holds-threshold', onThreshold);
    intents.hover(isInside(at) && !onThreshold ? targets.layerAt?.(at.x, at.y) : undefined);
  });
  root.addEventListener('pointerup', (event) => {
    if (dragging === 'threshold') {
      const threshold = draft(place(event).y);
      if (threshold !== undefined) intents.setThreshold(threshold);
    }
    dragging = undefined;
  });
  root.addEventListener('pointercancel', () => {
    if (dragging === 'threshold') intents.draftThreshold(undefined);
    dragging = undefined;
  });
  root.addEventListener('pointerleave', () => {
    if (dragging === undefined) intents.hover(undefined);
  });
  root.addEventListener('dblclick', (event) => {
    const at = place(event);
    const layer = isInside(at) ? targets.layerAt?.(at.x, at.y) : undefined;
    if (layer !== undefined) intents.reveal(layer);
  });
}
