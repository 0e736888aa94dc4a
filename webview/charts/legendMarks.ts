/** The marks of a legend as paths in a box of 22 x 10, for the page to show as SVG and for pictures to draw on a canvas. */

export interface LegendEntry {
  readonly mark: 'line' | 'band' | 'range' | 'box' | 'hatch' | 'outline' | 'below' | 'above';
  readonly colour: string;
  readonly dash: readonly number[];
  readonly text: string;
}

/** One path, filled or stroked or both, in the entry's colour. */
export interface MarkPath {
  readonly path: string;
  /** Opacity of the inside; without it there is none. */
  readonly fill?: number;
  /** Opacity of the line; without it there is none. */
  readonly stroke?: number;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** Pixels of a mark's box. */
export const markWidth = 22;
export const markHeight = 10;

const whole = `M0 0H${markWidth}V${markHeight}H0Z`;
const middle = `M0 5H${markWidth}`;

/** What is drawn for an entry, from the lowest to the uppermost. */
export function markPaths({ mark, dash }: LegendEntry): readonly MarkPath[] {
  switch (mark) {
    case 'line':
      return [{ path: middle, stroke: 1, width: 2, dash }];
    case 'band':
      return [
        { path: whole, fill: 0.25 },
        { path: middle, stroke: 1, dash: [4, 3] },
      ];
    case 'range':
      return [{ path: 'M0.5 0.5H21.5V9.5H0.5Z', fill: 0.16, stroke: 0.35 }];
    case 'box':
      return [{ path: 'M6 0H16V10H6Z', fill: 1 }];
    case 'outline':
      return [{ path: 'M7 1H15V9H7Z', stroke: 1, width: 2 }];
    case 'below':
      return [{ path: 'M6 1H16L11 9Z', stroke: 1 }];
    case 'above':
      return [{ path: 'M6 9H16L11 1Z', stroke: 1 }];
    case 'hatch':
      return [
        { path: 'M6.5 0.5H15.5V9.5H6.5Z', stroke: 1 },
        { path: 'M6 10L16 0M6 5L11 0M11 10L16 5', stroke: 1 },
      ];
    default:
      throw new Error(`Unknown mark ${String(mark satisfies never)}`);
  }
}
