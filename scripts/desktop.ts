/** A desktop VS Code of this machine. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

export interface DesktopCode {
  /** The `code` on the PATH. */
  readonly command: string;
  /** The program that it starts. */
  readonly executable: string;
}

/** The desktop VS Code on the PATH, where there is one and a screen for it. */
export function desktopCode(): DesktopCode | undefined {
  const { PATH = '', DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const command = PATH.split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
  if (command === undefined) return undefined;
  const executable = candidates(path.dirname(realpathSync(command))).find((file) => existsSync(file));
  return executable === undefined ? undefined : { command, executable };
}

/** Where the program lies, seen from the folder of its command. */
function candidates(bin: string): string[] {
  if (process.platform === 'darwin') return [path.join(bin, '../../../MacOS/Electron')];
  if (process.platform === 'win32') return [path.join(bin, '../Code.exe')];
  return [path.join(bin, '../code')];
}
