/** VS Code's own dialog for files, as it is where the window is a browser: a path to be typed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { Workbench } from './workbench.ts';

/** Types a path into the dialog that is about to open, and confirms it. */
export async function answerFileDialog({ page, folder }: Workbench, name: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible input');
  // The dialog first proposes a path of its own; what is typed before would be replaced by it.
  await expect.poll(() => input.inputValue()).toContain(path.basename(folder));
  await input.fill(path.join(folder, name));
  await page.keyboard.press('Enter');
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
