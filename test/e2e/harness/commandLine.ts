/** The command line of the packaged extension. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/paths.ts';

/** A layer of `vgnet analyze --json`. */
export interface ReportedLayer {
  readonly name: string;
  readonly line: number;
  readonly norm: { readonly first: number; readonly last: number; readonly min: number };
  readonly below: boolean;
}

/** A network of `vgnet analyze --json`. */
export interface ReportedNetwork {
  readonly name: string;
  readonly verdict: { readonly kind: string; readonly message: string };
  readonly layers: readonly ReportedLayer[];
}

/** What `vgnet analyze FILE --network NAME --json` says of the network. */
export async function analyzeOnCommandLine(file: string, network: string): Promise<ReportedNetwork> {
  const args = [path.join(root, 'dist/cli.js'), 'analyze', file, '--network', network, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { networks } = JSON.parse(stdout) as { networks: readonly ReportedNetwork[] };
  const found = networks.find(({ name }) => name === network);
  if (found === undefined) throw new Error(`The report has no network ${network}: ${stdout}`);
  return found;
}
