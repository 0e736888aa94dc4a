/** Once for all end-to-end tests: a code-server for each worker, with the packaged extension, as a person has it. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  installExtension,
  launchCodeServer,
  writeSettings,
  type CodeServer,
} from '../../../scripts/code-server/launch.ts';
import { steadySettings } from '../../../scripts/code-server/settings.ts';
import { packagedExtension } from '../../../scripts/paths.ts';

/** A server that a worker has for itself: its settings are those of the test that runs. */
export interface ServerOfWorker {
  readonly address: string;
  readonly authority: string;
  /** The folder of the server, with its settings. */
  readonly folder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** In the order of the workers' numbers. */
    codeServers: readonly ServerOfWorker[];
  }
}

/** Called by vitest; what it returns is called at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vgnet-e2e-'));
  const workers = Array.from({ length: project.config.maxWorkers }, (_, at) => `worker-${at + 1}`);
  const servers = await Promise.all(workers.map((name) => launch(path.join(folder, name))));
  project.provide(
    'codeServers',
    servers.map(({ server: { address, authority }, folder: own }) => ({ address, authority, folder: own })),
  );
  return async () => {
    await Promise.all(servers.map(({ server }) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  };
}

async function launch(folder: string): Promise<{ readonly server: CodeServer; readonly folder: string }> {
  await writeSettings(folder, steadySettings);
  await installExtension(folder, packagedExtension);
  return { server: await launchCodeServer({ folder }), folder };
}
