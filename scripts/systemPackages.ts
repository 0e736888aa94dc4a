/** Debian packages that the scripts rely on: installed where that is possible, asked for exactly where it is not. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { InputWrong } from './failure.ts';
import { run } from './run.ts';

/** Makes sure of Debian packages; throws with the command to run where this user may not install. */
export async function installSystemPackages(names: readonly string[]): Promise<void> {
  if (process.platform !== 'linux') return; // Desktop systems bring a browser and compilers of their own.
  const missing = existsSync('/etc/debian_version') ? names.filter((name) => !isInstalled(name)) : [];
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new InputWrong(
      `These Debian packages are missing: ${missing.join(', ')}. Install them with\n\n` +
        `  sudo apt-get update && sudo ${install.join(' ')}\n\nand start again.`,
    );
  }
  process.stdout.write(`Installing ${missing.join(', ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', install.slice(1), { env });
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg-query', ['--show', '--showformat=${Status}', name], {
    encoding: 'utf8',
  });
  return stdout.includes('ok installed');
}
