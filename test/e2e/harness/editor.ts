/** One text editor of the workbench. */
import type { Locator, Page } from 'playwright-core';

/** The editor shows spaces as these. */
const noBreakSpace = '\u00a0';

export class Editor {
  readonly root: Locator;
  private readonly page: Page;

  constructor(page: Page, file: string) {
    this.page = page;
    this.root = page.locator(`.editor-instance .monaco-editor[data-uri$=${JSON.stringify(`/${file}`)}]`);
  }

  /** The lenses; their text is that of `.codelens-decoration`, all lenses above one line together. */
  lenses(): Locator {
    return this.root.locator('.codelens-decoration');
  }

  lens(text: string | RegExp): Locator {
    return this.lenses().filter({ hasText: text });
  }

  /** Clicks a lens's link; the first with such a text. */
  async clickLens(text: string | RegExp): Promise<void> {
    await this.root.locator('.codelens-decoration a', { hasText: text }).first().click();
  }

  /** The line that contains the text, as it is drawn. */
  line(text: string): Locator {
    return this.root.locator('.view-line', { hasText: text.replaceAll(' ', noBreakSpace) }).first();
  }

  /** Points at the first occurrence of the text and returns the hover's rows once they are there. */
  async hover(text: string): Promise<Locator> {
    const { x, y, width, height } = await this.rectangle(text);
    await this.page.mouse.move(x + width / 2, y - 40);
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 8 });
    const rows = this.page.locator('.monaco-hover:not(.hidden) .hover-row');
    await rows.first().waitFor();
    return rows;
  }

  /** Puts the cursor behind the first occurrence of the text. */
  async clickBehind(text: string): Promise<void> {
    const { x, y, width, height } = await this.rectangle(text);
    await this.page.mouse.click(x + width - 1, y + height / 2);
    await this.page.keyboard.press('ArrowRight');
  }

  /** Puts the cursor behind `after` and types. */
  async type(after: string, text: string): Promise<void> {
    await this.clickBehind(after);
    await this.page.keyboard.type(text);
  }

  /** Squiggles of a severity. */
  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.root.locator(`.squiggly-${severity}`);
  }

  /** Puts the cursor into the text, opens the light bulb, and returns the actions that it offers. */
  async quickFixes(text: string): Promise<Locator> {
    await this.clickBehind(text);
    await this.root.locator('.lightBulbWidget:visible').click();
    const actions = this.page.locator('.action-widget .monaco-list-row.action');
    await actions.first().waitFor();
    return actions;
  }

  /** Where a text stands on the page, in pixels. */
  private async rectangle(text: string): Promise<DOMRect> {
    const line = this.line(text);
    await line.waitFor();
    return line.evaluate(
      (element, wanted) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const drawn = element.textContent ?? '';
        const start = drawn.indexOf(wanted);
        const range = document.createRange();
        let passed = 0;
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const { length } = node as Text;
          const contains = (position: number): boolean => position >= passed && position <= passed + length;
          if (contains(start) && start < passed + length) range.setStart(node, start - passed);
          if (contains(start + wanted.length)) {
            range.setEnd(node, start + wanted.length - passed);
            break;
          }
          passed += length;
        }
        return range.getBoundingClientRect().toJSON() as DOMRect;
      },
      text.replaceAll(' ', noBreakSpace),
    );
  }
}
