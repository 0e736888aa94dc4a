/** What VS Code loads as its tests: runs every test file of this folder and leaves the results in a file. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code's extension host; the results are mocha's own JSON. */
export function run(): Promise<void> {
  const output = process.env['VGNET_TEST_RESULTS'];
  if (output === undefined) throw new Error('VGNET_TEST_RESULTS does not name a file');
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    timeout: 60_000,
    forbidOnly: true,
    reporter: 'json',
    reporterOptions: { output },
  });
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'))) {
    mocha.addFile(path.join(__dirname, file));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
