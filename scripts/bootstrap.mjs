// What `npm start` and `npm test` begin with, under any Node from 20 on and before anything is installed: brings the
// packages of the lock file where they are missing or old, then goes on with the Node that these packages pin.
//
//   node scripts/bootstrap.mjs SCRIPT [ARGUMENT...]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand } from './npm.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, 'node_modules/.installed-from');
const [script, ...scriptArguments] = process.argv.slice(2);

installPackages();
runScript(pinnedNode());

function installPackages() {
  const lockFile = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lockFile} ${process.platform}-${process.arch}\n`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stdout.write('Installing the packages of package-lock.json\n');
  // No package needs its install script here, so none is run: any npm does the same, whatever it allows by default.
  const [npm, ...args] = npmCommand('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  const { status, error } = spawnSync(npm, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}

/** The Node of the lock file; the running one where that has none for this platform and the running one is as new. */
function pinnedNode() {
  const pinned = path.join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;
  if (!existsSync(pinned) && !isNewEnough) {
    process.stderr.write(
      `${process.platform}-${process.arch} needs Node 24 or newer; this is ${process.version}\n`,
    );
    process.exit(2);
  }
  return existsSync(pinned) ? pinned : process.execPath;
}

/** @param {string} node */
function runScript(node) {
  const child = spawn(node, [path.resolve(root, script), ...scriptArguments], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
    },
  });
  // Ctrl+C reaches the script too; it decides how to end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}
