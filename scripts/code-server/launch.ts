/** A running code-server with folders of its own, reachable from this machine only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../run.ts';
import { installedCodeServer } from './install.ts';

export interface LaunchOptions {
  /** Everything that code-server writes goes below this folder. */
  readonly folder: string;
  /** A free one where none is given. */
  readonly port?: number;
  /** The folder that is open where the address names none. */
  readonly workspace?: string;
  /** Set for the server, and so for the extension host. */
  readonly environment?: NodeJS.ProcessEnv;
  /** More flags for the VS Code inside. */
  readonly vscodeOptions?: readonly string[];
}

export interface CodeServer {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** `127.0.0.1:PORT`, the authority of its `vscode-remote:` addresses. */
  readonly authority: string;
  /** Settles when the server has ended, asked or not. */
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Milliseconds until a server that does not answer counts as broken. */
const startLimit = 60_000;

/** Where code-server keeps the person's settings below the folder that it was given. */
export function settingsFile(folder: string): string {
  return path.join(folder, 'user-data/User/settings.json');
}

/** Writes the person's settings; a running server takes them up at once. */
export async function writeSettings(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await mkdir(path.dirname(settingsFile(folder)), { recursive: true });
  await writeFile(settingsFile(folder), JSON.stringify(settings, undefined, 2));
}

/** Installs a packaged extension for the servers of this folder. */
export async function installExtension(folder: string, vsix: string): Promise<void> {
  const { command, args, env } = await commandLine({ folder });
  await run(command, [...args, '--install-extension', vsix, '--force'], { env, output: 'on failure' });
}

/** Offers a checkout's unpackaged extension to a server that is started for the first time in this folder. */
export async function linkExtension(folder: string, checkout: string): Promise<void> {
  await mkdir(path.join(folder, 'extensions'), { recursive: true });
  await symlink(checkout, path.join(folder, 'extensions/vgnet'));
}

/** Starts a server and waits until it answers. */
export async function launchCodeServer(options: LaunchOptions): Promise<CodeServer> {
  const { command, args, env } = await commandLine(options);
  const port = options.port ?? (await freePort());
  const authority = `127.0.0.1:${port}`;
  const log = openSync(path.join(options.folder, 'server.log'), 'a');
  const flags = [
    '--auth=none',
    `--bind-addr=${authority}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    '--disable-proxy',
    '--ignore-last-opened',
    '--reconnection-grace-time=5',
    ...['disable-experiments', ...(options.vscodeOptions ?? [])].flatMap((option) => [
      '--vscode-option',
      option,
    ]),
  ];
  // A process group of its own, so that its workers end with it.
  const server = spawn(
    command,
    [...args, ...flags, ...(options.workspace === undefined ? [] : [options.workspace])],
    { env, detached: true, stdio: ['ignore', log, log] },
  );
  const address = `http://${authority}`;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = () => endGroup(server, ended);
  try {
    await answers(`${address}/healthz`, server, path.join(options.folder, 'server.log'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, authority, ended, stop };
}

async function commandLine({ folder, environment }: LaunchOptions) {
  const codeServer = await installedCodeServer();
  const config = path.join(folder, 'code-server.yaml');
  await mkdir(path.join(folder, 'home'), { recursive: true });
  await writeFile(config, '');
  return {
    command: process.execPath,
    args: [
      path.join(codeServer, 'out/node/entry.js'),
      `--config=${config}`,
      `--user-data-dir=${path.join(folder, 'user-data')}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
    ],
    env: {
      ...process.env,
      HOME: path.join(folder, 'home'),
      XDG_CONFIG_HOME: path.join(folder, 'home/.config'),
      XDG_DATA_HOME: path.join(folder, 'home/.local/share'),
      XDG_CACHE_HOME: path.join(folder, 'home/.cache'),
      XDG_RUNTIME_DIR: path.join(folder, 'home'),
      EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }),
      ...environment,
    },
  };
}

async function answers(address: string, server: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`code-server ended with ${server.exitCode}; see ${log}`);
    const response = await fetch(address).catch(() => undefined); // Refused until it listens.
    if (response?.ok) return;
    await pause(100);
  }
  throw new Error(`code-server did not answer at ${address} within ${startLimit / 1000} s; see ${log}`);
}

/** Asks the group to end, and ends it by force when it has not within five seconds. */
async function endGroup(leader: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (leader.pid === undefined || leader.exitCode !== null || leader.signalCode !== null) return;
  process.kill(-leader.pid, 'SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), pause(5000, false, { ref: false })]);
  if (!inTime) process.kill(-leader.pid, 'SIGKILL');
}

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('127.0.0.1 has no free port');
  return port;
}

/** Whether nothing listens on a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) === port;
}

/** Listens for a moment; the port, or nothing where it is taken. */
function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.on('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const { port: got } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(got));
    });
  });
}
