/** Paths as the services that show findings beside code know them. */
import path from 'node:path';

/** With forward slashes, from the working folder where the file lies in it: `nets/deep.vgnet` for `./nets/deep.vgnet`. */
export function hostPath(file: string): string {
  const inside = path.relative('', file);
  const leaves = inside.startsWith('..') || path.isAbsolute(inside);
  return (leaves ? path.normalize(file) : inside).replaceAll(path.sep, '/');
}
