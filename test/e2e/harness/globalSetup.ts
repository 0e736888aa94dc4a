/** Once for all end-to-end tests: a code-server with the packaged extension installed, as a person has it. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { installExtension, launchCodeServer, writeSettings } from '../../../scripts/code-server/launch.ts';
import { steadySettings } from '../../../scripts/code-server/settings.ts';
import { packagedExtension } from '../../../scripts/paths.ts';

declare module 'vitest' {
  interface ProvidedContext {
    codeServer: { readonly address: string; readonly authority: string; readonly folder: string };
  }
}

/** Called by vitest; what it returns is called at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vgnet-e2e-'));
  await writeSettings(folder, steadySettings);
  await installExtension(folder, packagedExtension);
  const { address, authority, stop } = await launchCodeServer({ folder });
  project.provide('codeServer', { address, authority, folder });
  return async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
}
