/** The gradient view's page, two frames deep in the workbench. */
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

/** Of 255: how far apart a pixel's channels are where it is a colour; text and axes are grey. */
const colourful = 60;

export class GradientView {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** An element by its test handle. */
  element(testId: string): Locator {
    return this.frame.locator(`[data-testid=${JSON.stringify(testId)}]`);
  }

  /** The cells of a layer's row: column to text. */
  async row(layer: string): Promise<Record<string, string>> {
    const row = this.element(`row-${layer}`);
    await row.waitFor();
    return row.evaluate((element) => {
      const cells = element.querySelectorAll<HTMLElement>('[data-column]');
      return Object.fromEntries([...cells].map((cell) => [cell.dataset['column'] ?? '', cell.innerText]));
    });
  }

  /** Share of a chart's pixels that are a colour: lines and points. */
  async colouredShare(testId: string): Promise<number> {
    const chart = this.element(testId);
    await chart.waitFor();
    return chart.evaluate((element, limit) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error(`${element.tagName} is no canvas`);
      const context = element.getContext('2d');
      if (context === null) throw new Error('The canvas has no 2d context');
      const { data } = context.getImageData(0, 0, element.width, element.height);
      let coloured = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue, alpha] = data.subarray(at, at + 4) as unknown as [
          number,
          number,
          number,
          number,
        ];
        const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
        if (alpha > 0 && spread > limit) coloured += 1;
      }
      return (coloured * 4) / data.length;
    }, colourful);
  }

  /** The frame itself, to run scripts in that its security policy keeps out of the page. */
  async content(): Promise<Frame> {
    const handle = await this.frame.owner().elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('The gradient view has no frame');
    return frame;
  }
}
