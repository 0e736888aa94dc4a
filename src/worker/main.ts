/** The thread under Node: a port, and nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { predict } from '../analysis/predict/predict.ts';
import { prepareRun } from '../engine/trainer.ts';
import { exportProject } from '../interop/pytorch/project.ts';
import { prepareThreadedRun } from './threads.ts';
import type { ExportedMessage, ToWorker } from '../protocol/worker.ts';
import { askWhatIf } from './askWhatIf.ts';
import { handleMessage } from './handleMessage.ts';
import { predictNetwork } from './predictNetwork.ts';
import { giveWay } from './priority.ts';

if (parentPort === null) throw new Error('src/worker/main.ts runs as a worker thread only');
const port = parentPort;
if (workerData === 'beside an editor') giveWay();

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'analyze':
      return handleMessage(message, {
        prepareRun: prepareThreadedRun,
        post: (answer, transfer) => port.postMessage(answer, [...transfer]),
        now: () => performance.now(),
      });
    case 'predict':
      return port.postMessage(predictNetwork(message, predict));
    case 'what-if':
      return port.postMessage(askWhatIf(message));
    case 'export': {
      const { network, files, memoryLimit } = message;
      const outcome = exportProject(network, files, prepareRun, memoryLimit);
      return port.postMessage({ type: 'exported', outcome } satisfies ExportedMessage);
    }
    default:
      throw new Error(`Unknown request: ${JSON.stringify(message satisfies never)}`);
  }
});
