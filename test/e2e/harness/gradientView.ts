/** The gradient view's page, two frames deep in the workbench. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

export class GradientView {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** An element by its test handle. */
  element(testId: string): Locator {
    return this.frame.locator(`[data-testid=${JSON.stringify(testId)}]`);
  }

  /** Share of a chart's pixels that something was drawn on. */
  async drawnShare(testId: string): Promise<number> {
    const chart = this.element(testId);
    await chart.waitFor();
    return chart.evaluate((element) => {
      const canvas = element instanceof HTMLCanvasElement ? element : element.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error(`${element.outerHTML.slice(0, 200)} has no canvas`);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let drawn = 0;
      for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 0) drawn += 1;
      return (drawn * 4) / data.length;
    });
  }
}
