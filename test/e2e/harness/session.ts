/** What an end-to-end test starts from: VS Code over a folder of its own, fresh or shared with the tests beside it. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, inject, onTestFinished, type TestContext } from 'vitest';
import { writeSettings } from '../../../scripts/code-server/launch.ts';
import { steadySettings } from '../../../scripts/code-server/settings.ts';
import { root } from '../../../scripts/paths.ts';
import { launchBrowser } from './browser.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

export interface Start {
  /** An example to open, or a file of `files`. */
  readonly open: string;
  /** Files of the folder besides the examples: name to content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Settings besides the steady ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: WorkbenchOptions['size'];
}

interface Session {
  readonly workbench: Workbench;
  /** Starts VS Code. */
  start(): Promise<void>;
  /** Closes the page and removes the folder. */
  end(): Promise<void>;
}

let browser: Browser | undefined;

/** Opens VS Code on a copy of the examples, for one attempt at one test. */
export async function openWorkbench(start: Start): Promise<Workbench> {
  const session = await prepare(start);
  onTestFinished(async ({ task }) => {
    try {
      if (task.result?.state === 'fail') await takePicture(session, task);
    } finally {
      await session.end();
    }
  });
  await session.start();
  return session.workbench;
}

/**
 * The same for all tests of a `describe` that leave to each other what they found, because the start of VS Code takes
 * longer than such a test. Whichever test asks first has it opened, and `ready` brings it where all of them start.
 * A test that fails takes it away: its second attempt, or the test after it, has a new one.
 */
export function shareWorkbench(
  start: Start,
  ready?: (workbench: Workbench) => Promise<void>,
): () => Promise<Workbench> {
  let shared: Session | undefined;
  const end = async (): Promise<void> => {
    const ended = shared;
    shared = undefined;
    await ended?.end();
  };
  afterAll(end);
  return async () => {
    onTestFinished(async ({ task }) => {
      if (task.result?.state !== 'fail') return;
      try {
        if (shared) await takePicture(shared, task);
      } finally {
        await end();
      }
    });
    if (shared === undefined) {
      shared = await prepare(start);
      await shared.start();
      await ready?.(shared.workbench);
    }
    return shared.workbench;
  };
}

async function prepare({ open, files = {}, settings = {}, size }: Start): Promise<Session> {
  const { folder: serverFolder, ...server } = inject('codeServer');
  await writeSettings(serverFolder, { ...steadySettings, ...settings });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vgnet-workspace-'));
  await cp(path.join(root, 'examples'), folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  const options = { server, folder, files: [open], ...(size && { size }) };
  const workbench = await Workbench.blank(await runningBrowser(), options);
  return {
    workbench,
    async start() {
      await workbench.start(options);
      await workbench.editor(open).root.waitFor();
    },
    async end() {
      await workbench.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One for all tests; a new one where it has ended. */
async function runningBrowser(): Promise<Browser> {
  if (!browser?.isConnected()) browser = await launchBrowser();
  return browser;
}

/** Of a test that failed, into test-output/; each attempt has its own. */
async function takePicture({ workbench }: Session, test: TestContext['task']): Promise<void> {
  const attempt = (test.result?.retryCount ?? 0) + 1;
  const name = `${test.fullTestName.replaceAll(/\W+/g, '-')}${attempt > 1 ? `-attempt-${attempt}` : ''}.png`;
  await workbench.screenshot(path.join(root, 'test-output', name));
}
