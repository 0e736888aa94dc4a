/** The gradient view in a plain browser, with made-up runs: what can be tested without an editor around it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { serveView, type ViewServer } from '../../../scripts/view/server.ts';
import type { FromView, ToView } from '../../../src/protocol/view.ts';
import { launchBrowser } from '../harness/browser.ts';

export const themeNames = ['dark', 'light', 'hc-dark', 'hc-light'] as const;

declare global {
  interface Window {
    /** What the page has said to its host. */
    readonly posted: readonly FromView[];
    readonly say: (message: ToView) => void;
    readonly applyTheme: (name: string) => void;
  }
}

let server: ViewServer;
let browser: Browser;
const pages: Page[] = [];
const problems: string[] = [];

/** To be called once in a test file. */
export function useView(): void {
  beforeAll(async () => {
    [server, browser] = await Promise.all([serveView({ port: 0, rebuild: false }), launchBrowser()]);
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    // An error on the page fails the test that caused it, whatever it looks at.
    expect(problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
}

export interface ViewChoices {
  readonly scene: string;
  readonly theme?: (typeof themeNames)[number];
  readonly width?: number;
}

/** Opens a scene and waits until it is drawn. */
export async function openView({ scene, theme = 'dark', width = 1200 }: ViewChoices): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  pages.push(page);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(`${server.address}/page?${new URLSearchParams({ scene, theme }).toString()}`);
  await settle(page);
  return page;
}

/** Waits until what was asked for is drawn: fonts, the frames in which charts take their sizes, and what is out of sight, which is drawn last. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 4; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
}

/** What the page has said to its host, but for `ready`. */
export async function posted(page: Page): Promise<FromView[]> {
  const all = await page.evaluate(() => window.posted);
  return all.filter(({ type }) => type !== 'ready');
}
