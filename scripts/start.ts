/**
 * Opens VS Code with the extension on examples/: the desktop's where there is one, otherwise code-server in the browser.
 *
 *   npm start -- [--port N] [--no-open]        a port asks for code-server
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  installExtension,
  isFree,
  launchCodeServer,
  settingsFile,
  writeSettings,
} from './code-server/launch.ts';
import { installedCodeServer } from './code-server/install.ts';
import { quietSettings } from './code-server/settings.ts';
import { desktopCode, type DesktopCode } from './desktop.ts';
import { explainAndExit, InputWrong } from './failure.ts';
import { buildForProduction, fingerprint, pack } from './package.ts';
import { cacheFolder, packagedExtension, root } from './paths.ts';
import { run } from './run.ts';

/** Tried first, so that the address is the same every day. */
const usualPort = 8420;

const examples = path.join(root, 'examples');

await start().catch(explainAndExit);

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, open: { type: 'boolean', default: true } },
    allowNegative: true,
  });
  const desktop = values.port === undefined ? desktopCode() : undefined;
  await (desktop ? startDesktop(desktop) : serve(await choosePort(values.port), values.open));
}

async function startDesktop({ command }: DesktopCode): Promise<void> {
  await run(process.execPath, ['esbuild.mjs'], { cwd: root });
  await run(command, [`--extensionDevelopmentPath=${root}`, examples]);
}

async function choosePort(asked: string | undefined): Promise<number | undefined> {
  if (asked === undefined) return (await isFree(usualPort)) ? usualPort : undefined;
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InputWrong(`--port ${asked}: expected a whole number from 1 to 65535`);
  }
  if (!(await isFree(port))) throw new InputWrong(`--port ${asked}: something else listens there`);
  return port;
}

/** Serves VS Code until Ctrl+C. */
async function serve(port: number | undefined, open: boolean): Promise<void> {
  const folder = path.join(cacheFolder(), 'start');
  await installedCodeServer();
  await buildForProduction();
  await installWhatIsNew(folder);
  if (!existsSync(settingsFile(folder))) {
    await writeSettings(folder, { ...quietSettings, 'workbench.startupEditor': 'readme' });
  }
  const server = await launchCodeServer({
    folder,
    workspace: examples,
    ...(port === undefined ? {} : { port }),
  });
  process.stdout.write(`\nVS Code with vgnet is at ${server.address}\nCtrl+C ends it.\n`);
  if (open) openInBrowser(server.address);
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => resolve(name));
    void server.ended.then(() => resolve('ended'));
  });
  await server.stop();
  if (signal === 'ended') throw new Error(`code-server has ended; see ${path.join(folder, 'server.log')}`);
}

/** Packs and installs the extension unless it is the one that was installed last. */
async function installWhatIsNew(folder: string): Promise<void> {
  const stamp = path.join(folder, 'installed');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await pack({ output: 'on failure' });
  await installExtension(folder, packagedExtension);
  writeFileSync(stamp, wanted);
}

/** Shows the address where there is a screen; it has been printed where not. */
function openInBrowser(address: string): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return;
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(opener, [address], { detached: true, stdio: 'ignore' });
  child.on('error', (error) => process.stderr.write(`No browser was opened: ${error.message}\n`));
  child.unref();
}
