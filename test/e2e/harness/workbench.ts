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
const patience = 30_000;

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
    const page = await browser.newPage({ viewport: options.size ?? { width: 1600, height: 1000 } });
    page.setDefaultTimeout(patience);
    await page.goto(address(options), { timeout: startLimit });
    const workbench = new Workbench(page, options.folder);
    await workbench.ready();
    return workbench;
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
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(file);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: path.basename(file) })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
    const editor = this.editor(file);
    await editor.root.waitFor();
    return editor;
  }

  /** Runs a command of the palette by its whole title. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette(title);
    // Enter would take whatever row is the first while the list is still being filtered.
    await this.paletteRows().filter({ hasText: title }).first().click();
  }

  /** Opens the palette and types; read what is offered from `paletteRows`. */
  async openPalette(text: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').fill(`>${text}`);
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
