/**
 * Frames a second of the gradient view while the step is moved over 50 layers x 10,000 steps, the milliseconds of scripts
 * in a frame (the browser here draws by the processor, which is no fault of theirs), and the time that a run of 1,000
 * layers needs from the host's message to the first drawn frame.
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
  console.log(`scrubbing 50 layers x 10,000 steps: ${await scrub(deep, false)}`);
  console.log(`the same with a layer lit: ${await scrub(deep, true)}`);
  console.log(`opening it: ${(await reopen(deep)).toFixed(0)} ms`);
  const huge = await open('huge');
  console.log(`opening 1,000 layers x 300 steps: ${(await reopen(huge)).toFixed(0)} ms`);
  console.log(`scrubbing it with a layer lit: ${await scrub(huge, true)}`);
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

/** Moves the slider in every frame; counts the frames and the time that scripts take. */
async function scrub(page: Page, withLayer: boolean): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const scriptSeconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  };
  const before = await scriptSeconds();
  const frames = await moveSlider(page, withLayer);
  const script = (1000 * ((await scriptSeconds()) - before)) / frames;
  await session.detach();
  return `${(frames / seconds).toFixed(0)} frames a second, ${script.toFixed(1)} ms of scripts each`;
}

/** Frames in which the slider was moved. */
function moveSlider(page: Page, withLayer: boolean): Promise<number> {
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
      return frames;
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
