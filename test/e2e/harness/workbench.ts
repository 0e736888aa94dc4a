/** VS Code in a browser page, used as a person uses it. */
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { CodeServer } from '../../../scripts/code-server/launch.ts';
import { Editor } from './editor.ts';
import { GradientView } from './gradientView.ts';

export interface WorkbenchOptions {
  readonly server: Pick<CodeServer, 'address' | 'authority'>;
  /** The folder that is open in the workbench. */
  readonly folder: string;
  /** Files to open, relative to the folder. */
  readonly files?: readonly string[];
  readonly size?: { readonly width: number; readonly height: number };
}

/** Milliseconds that anything but the start may take before a test fails. */
const patience = 60_000;

/** Milliseconds until a list is given up that something may have closed, and how often it is opened. */
const attemptLimit = 15_000;
const attempts = 4;

/** Milliseconds that VS Code may take until it stands. */
const startLimit = 90_000;

/** Milliseconds after which VS Code in a browser has stored which editors are open: it does so every five seconds. */
const storageInterval = 7000;

export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly view: GradientView;

  private constructor(page: Page, folder: string) {
    this.page = page;
    this.folder = folder;
    this.view = new GradientView(page);
  }

  /** Opens a page and waits until VS Code has loaded its extensions. */
  static async open(browser: Browser, options: WorkbenchOptions): Promise<Workbench> {
    const workbench = await Workbench.blank(browser, options);
    await workbench.start(options);
    return workbench;
  }

  /** A page in which VS Code has not been started: whoever has to clean up or to take a picture has it by then. */
  static async blank(browser: Browser, { folder, size }: WorkbenchOptions): Promise<Workbench> {
    const page = await browser.newPage({ viewport: size ?? { width: 1600, height: 1000 } });
    page.setDefaultTimeout(patience);
    return new Workbench(page, folder);
  }

  /** Starts VS Code in the page and waits until it has loaded its extensions. */
  async start(options: WorkbenchOptions): Promise<void> {
    await this.page.goto(address(options), { timeout: startLimit });
    await this.ready();
  }

  /** Waits until VS Code has loaded its extensions; they activate later. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        ['code/didStartWorkbench', 'code/didLoadExtensions'].every(
          (mark) => performance.getEntriesByName(mark).length > 0,
        ),
      undefined,
      { timeout: startLimit },
    );
  }

  /** Reloads the window, which restores what was open. */
  async reload(): Promise<void> {
    await this.page.waitForTimeout(storageInterval);
    // Without the files that the first address asked for: they would take the place of what was open.
    const window = new URL(this.page.url());
    window.searchParams.delete('payload');
    await this.page.goto(window.href);
    await this.ready();
  }

  /** The open editor of a file. */
  editor(file: string): Editor {
    return new Editor(this.page, file);
  }

  /** Opens a file of the folder by its name. */
  async openFile(file: string): Promise<Editor> {
    await this.choose('Control+P', file, path.basename(file));
    const editor = this.editor(file);
    await editor.root.waitFor();
    return editor;
  }

  /** Closes every editor and view; what they showed in Problems goes with them. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    for (const open of ['.tabs-container .tab', 'iframe.webview'])
      await this.page.locator(open).first().waitFor({ state: 'detached' });
  }

  /** Runs a command of the palette by its whole title. */
  runCommand(title: string): Promise<void> {
    return this.choose('F1', `>${title}`, title);
  }

  /**
   * Opens a list by its key, types, and clicks the first row with such a title. The list closes when anything else
   * takes the focus meanwhile, such as a view that has just opened: then it is opened again.
   */
  private async choose(key: string, typed: string, title: string): Promise<void> {
    const row = this.paletteRows().filter({ hasText: title }).first();
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.page.keyboard.press(key);
        await this.quickInput().fill(typed, { timeout: attemptLimit });
        // Enter would take whatever row is the first while the list is still being filtered.
        await row.click({ timeout: attemptLimit });
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens the palette and types; read what is offered from `paletteRows`. */
  async openPalette(text: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput().fill(`>${text}`);
  }

  private quickInput(): Locator {
    return this.page.locator('.quick-input-widget input');
  }

  paletteRows(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row');
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  notifications(): Locator {
    return this.page.locator('.notification-toast');
  }

  /** Opens the Problems panel; its rows, files and problems alike. */
  async problems(): Promise<Locator> {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    if (!(await this.page.locator('.markers-panel').isVisible()))
      await this.page.keyboard.press('Control+Shift+M');
    await this.page.locator('.markers-panel').waitFor();
    return rows;
  }

  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

function address({ server, folder, files = [] }: WorkbenchOptions): string {
  const remote = (file: string): string => `vscode-remote://${server.authority}${file}`;
  const payload = files.map((file) => ['openFile', remote(path.join(folder, file))]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `${server.address}/?${query.toString()}`;
}
