/** What is run in the pages: they look at the clock themselves, since the driver of the browser asks with pauses of up to half a second. */

declare global {
  /** In the frames of the page. */
  var firstColour: Promise<number>;
}

/** Runs in the workbench: settles with the milliseconds from the frame that shows a file's text to the one with its first lens. */
export function timeOfLens(file: string): Promise<number> {
  return new Promise((resolve) => {
    let shown: number | undefined;
    const look = (): void => {
      const editor = document.querySelector(
        `.editor-instance .monaco-editor[data-uri$=${JSON.stringify(`/${file}`)}]`,
      );
      const hasText = Boolean(editor?.querySelector('.view-line')?.textContent);
      if (hasText) shown ??= performance.now();
      if (shown !== undefined && editor?.querySelector('.codelens-decoration a'))
        resolve(performance.now() - shown);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in the workbench: settles with the time of the click that follows, in milliseconds since 1970. */
export function timeOfClick(): Promise<number> {
  return new Promise((resolve) => {
    const hear = ({ timeStamp }: Event): void => resolve(performance.timeOrigin + timeStamp);
    addEventListener('mouseup', hear, { capture: true, once: true });
  });
}

/** Runs in the workbench: settles with the time of the frame in which a lens says the verdict. */
export function timeOfVerdict(): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const shown = [...document.querySelectorAll('.codelens-decoration')];
      if (shown.some(({ textContent }) => textContent.includes('vanishing: '))) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in every new frame: `firstColour` is the time of the frame in which the chart has its first coloured pixel. */
export function watchForColour(): void {
  const isColoured = ({ data }: ImageData): boolean => {
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
      if (data[at + 3] > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) return true;
    }
    return false;
  };
  globalThis.firstColour = new Promise((resolve) => {
    const look = (): void => {
      const chart = document.querySelector<HTMLCanvasElement>('canvas[data-testid="training-chart"]');
      const context = chart !== null && chart.width > 0 && chart.height > 0 && chart.getContext('2d');
      if (context && isColoured(context.getImageData(0, 0, context.canvas.width, context.canvas.height)))
        resolve(Date.now());
      else if (context) requestAnimationFrame(look);
      // VS Code writes the view's page into an empty one, and the frames asked for before that never come.
      else setTimeout(look, 10);
    };
    look();
  });
}
