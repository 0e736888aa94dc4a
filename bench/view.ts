/**
 * Frames a second of the gradient view while the step is moved over 50 layers x 10,000 steps, and the time that a run of
 * 1,000 layers needs from the host's message to the first drawn frame.
 *
 *     node bench/view.ts
 */
import type { Page } from 'playwright-core';
import { serveView } from '../scripts/view/server.ts';
import { launchBrowser } from '../test/e2e/harness/browser.ts';

const seconds = 3;

const server = await serveView({ port: 0, rebuild: false });
const browser = await launchBrowser();
try {
  const deep = await open('deep');
  console.log(`scrubbing 50 layers x 10,000 steps: ${(await scrub(deep, false)).toFixed(0)} frames a second`);
  console.log(`the same with a layer lit: ${(await scrub(deep, true)).toFixed(0)} frames a second`);
  console.log(`opening it: ${(await reopen(deep)).toFixed(0)} ms`);
  console.log(`opening 1,000 layers x 300 steps: ${(await reopen(await open('huge'))).toFixed(0)} ms`);
} finally {
  await browser.close();
  await server.stop();
}

async function open(scene: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(`${server.address}/page?scene=${scene}&theme=dark`);
  await page.getByTestId('row-block[1].dense').waitFor();
  return page;
}

/** Moves the slider in every frame; counts the frames. */
function scrub(page: Page, withLayer: boolean): Promise<number> {
  return page.evaluate(
    async ({ duration, lit }) => {
      if (lit) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
      const slider = document.querySelector<HTMLInputElement>('[data-testid=step-slider]');
      if (slider === null) throw new Error('There is no slider.');
      const begin = performance.now();
      let frames = 0;
      while (performance.now() - begin < duration) {
        slider.value = String(Math.round((0.5 + 0.5 * Math.sin(frames / 20)) * Number(slider.max)));
        slider.dispatchEvent(new Event('input'));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        frames += 1;
      }
      return (1000 * frames) / (performance.now() - begin);
    },
    { duration: 1000 * seconds, lit: withLayer },
  );
}

/** Asks the host for everything again, and waits for the frame after the one in which it is drawn. */
function reopen(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const heard = new Promise<number>((resolve) => {
      window.addEventListener('message', () => resolve(performance.now()), { once: true, capture: true });
    });
    acquireVsCodeApi().postMessage({ type: 'ready' });
    const begin = await heard;
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - begin;
  });
}
