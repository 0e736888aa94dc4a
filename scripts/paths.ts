/** Where things lie: in the checkout, in its installed packages, and in the user's cache. */
import os from 'node:os';
import path from 'node:path';

/** The checkout. */
export const root = path.dirname(import.meta.dirname);

/** The packaged extension, as `npm run package` leaves it. */
export const packagedExtension = path.join(root, 'dist/vgnet.vsix');

/** The user's cache folder of this project; it outlives the checkout. */
export function cacheFolder(): string {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'vgnet');
}

/** The folder of the running Node, with `bin/node` and, for compiling native modules, `include/`. */
export const nodeFolder = path.dirname(path.dirname(process.execPath));
