/** Names of the files that a command writes. */
import path from 'node:path';

/** `out.vglog` for a single network, `out.NAME.vglog` where there are several. */
export function outputPath(pattern: string, network: string, several: boolean): string {
  if (!several) return pattern;
  const { dir, name, ext } = path.parse(pattern);
  return path.join(dir, `${name}.${network}${ext}`);
}
