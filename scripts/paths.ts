/** Where things lie: in the checkout, in its installed packages, and in the user's cache. */
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The checkout. */
export const root = path.dirname(import.meta.dirname);

/** The user's cache folder of this project; it outlives the checkout. */
export function cacheFolder(): string {
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'vgnet');
}

/** The folder of the pinned Node, with `bin/node` and, for compiling native modules, `include/`. */
export function nodeFolder(): string {
  const fromNodePackage = createRequire(path.join(root, 'node_modules/node/package.json'));
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return path.dirname(fromNodePackage.resolve(`${prefix}-${platform}-${process.arch}/package.json`));
}
