/** Serves the gradient view to a plain browser, under the content security policy that VS Code gives it. */
import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import esbuild from 'esbuild';
import { root } from '../paths.ts';
import { frameHtml, pageHtml } from './pages.ts';

export interface ViewServer {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  stop(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** Builds the page and serves it; `/` has switches around it, `/page?scene=…&theme=…` is the page alone. */
export async function serveView({ port, rebuild }: { port: number; rebuild: boolean }): Promise<ViewServer> {
  let files = await build();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    answer(pathname.slice(1), response).catch((error: unknown) =>
      send(response, 500, 'text/plain', String(error)),
    );
  });
  const answer = async (name: string, response: ServerResponse): Promise<void> => {
    if (name === '') return send(response, 200, types['html'] ?? '', frameHtml());
    if (name === 'page') {
      if (rebuild) files = await build();
      return send(response, 200, types['html'] ?? '', pageHtml(randomBytes(16).toString('base64url')));
    }
    const content = files.get(name);
    const type = types[name.split('.').at(-1) ?? ''];
    if (content === undefined || type === undefined)
      return send(response, 404, 'text/plain', `There is no ${name}.`);
    return send(response, 200, type, content);
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, type: string, content: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
}

/** The bundles by file name: the page as the extension ships it, and the stand-in for VS Code. */
async function build(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { webview: 'webview/main.ts', standIn: 'webview/development/standIn.ts' },
    bundle: true,
    write: false,
    outdir: 'view',
    platform: 'browser',
    format: 'iife',
    target: 'chrome130',
    loader: { '.svg': 'dataurl' },
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.split(/[\\/]/).at(-1) ?? path, contents]));
}
