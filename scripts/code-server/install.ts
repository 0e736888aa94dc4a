/** A whole VS Code without a desktop: code-server from the npm registry, once per version in the user's cache. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from '../lock.ts';
import { npmCommand } from '../npm.mjs';
import { cacheFolder, nodeFolder } from '../paths.ts';
import { run } from '../run.ts';
import { installSystemPackages } from '../systemPackages.ts';

/** Carries VS Code 1.139. */
const version = '4.139.1';

/** The npm that installs it: the system's may be unable to run under the pinned Node (Debian's own is). */
const npmVersion = '11.19.1';

/** What node-gyp and code-server's native modules need. */
const buildPackages = ['g++', 'libkrb5-dev', 'make', 'python3'];

/** Debian packages that installing it takes; none where it is installed. */
export function packagesForCodeServer(): readonly string[] {
  return existsSync(installFolder()) ? [] : buildPackages;
}

/** The folder of code-server; installs it first where the cache does not have it (about 100 s, 620 MB). */
export async function installedCodeServer(): Promise<string> {
  const folder = installFolder();
  const codeServer = path.join(folder, 'node_modules/code-server');
  if (existsSync(folder)) return codeServer;
  return withLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await installInto(folder);
    return codeServer;
  });
}

function installFolder(): string {
  const nodeMajor = process.versions.node.split('.')[0];
  return path.join(cacheFolder(), `code-server-${version}-node${nodeMajor}-${process.arch}`);
}

/** Installs beside `folder` and renames at the end, so that `folder` is either whole or not there. */
async function installInto(folder: string): Promise<void> {
  await installSystemPackages(buildPackages);
  process.stdout.write(`Installing code-server ${version} into ${folder} (about two minutes, once)\n`);
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await writeFile(path.join(unfinished, 'package.json'), JSON.stringify({ private: true }));
    const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
    const [npm, ...args] = npmCommand('install', `npm@${npmVersion}`, '--ignore-scripts', ...quietly);
    await run(npm, args, { cwd: unfinished });
    await run('npm', ['install', `code-server@${version}`, '--unsafe-perm', ...quietly], {
      cwd: unfinished,
      env: {
        ...process.env,
        // code-server reads Node's version from it, and that of the npm that started this script may be another.
        npm_config_user_agent: undefined,
        PATH: [
          path.join(unfinished, 'node_modules/.bin'),
          path.join(nodeFolder, 'bin'),
          process.env['PATH'],
        ].join(path.delimiter),
        npm_config_nodedir: nodeFolder,
        npm_config_unsafe_perm: 'true',
      },
    });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

if (import.meta.main) process.stdout.write(`${await installedCodeServer()}\n`);
