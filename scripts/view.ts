/** `npm run view`: the gradient view in a plain browser, with made-up runs and a switch for the themes; reload to rebuild. */
import { serveView } from './view/server.ts';

const { address } = await serveView({ port: Number(process.env['PORT'] ?? 4173), rebuild: true });
console.log(`The gradient view is at ${address}/ until Ctrl+C.`);
