/** VS Code's own dialog for files, as it is where the window is a browser: a path to be typed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Workbench } from './workbench.ts';

/** Types a path into the dialog that is about to open, and confirms it. */
export async function answerFileDialog(workbench: Workbench, name: string): Promise<void> {
  const input = await proposal(workbench);
  await input.fill(path.join(workbench.folder, name));
  await workbench.page.keyboard.press('Enter');
}

/** Takes the folder that the dialog which is about to open proposes, by its button. */
export async function takeProposedFolder(workbench: Workbench, button: string): Promise<void> {
  await proposal(workbench);
  await workbench.page.locator('.quick-input-widget:visible').getByText(button).click();
}

/** The dialog's input once it proposes a path of its own, which would replace what is typed before. */
async function proposal({ page, folder }: Workbench): Promise<Locator> {
  const input = page.locator('.quick-input-widget:visible input');
  await expect.poll(() => input.inputValue()).toContain(path.basename(folder));
  return input;
}

/** Answers the dialog and reads what was saved once it is there. */
export async function saved(workbench: Workbench, name: string): Promise<Buffer> {
  await answerFileDialog(workbench, name);
  const file = path.join(workbench.folder, name);
  await expect
    .poll(() =>
      readFile(file).then(
        ({ length }) => length,
        () => 0,
      ),
    )
    .toBeGreaterThan(0);
  return readFile(file);
}
