/**
 * vgnet's own engine as a contender, run as the extension's thread runs it: in slices, with everything that it records.
 * `engine.ts alone` keeps to one thread, `engine.ts threads` may use every core where a trial says that it pays; with `fast` as
 * a second word it computes as under the setting `vgnet.fastMath`.
 */
import path from 'node:path';
import { prepareRun } from '../../../src/engine/trainer.ts';
import { prepareThreadedRun } from '../../../src/worker/threads.ts';
import { recordedQuantities } from '../../../src/engine/recording.ts';
import { serve, type Training } from '../comparison/conversation.ts';
import { openRun } from '../comparison/exchange.ts';
import { openJob } from '../comparison/jobs.ts';

const sliceMilliseconds = 20;
const prepare = process.argv[2] === 'alone' ? prepareRun : prepareThreadedRun;
const fastMath = process.argv[3] === 'fast';
const norm = recordedQuantities.indexOf('norm');

await serve(open, fastMath ? 'vgnet with fast math' : 'vgnet');

/** The job is named like its folder: the engine draws the numbers that the others read. */
function open(folder: string): Training {
  const { network } = openJob(path.basename(folder));
  const run = openRun(network, (checked, files, options) =>
    prepare(checked, files, { ...options, fastMath }),
  );
  return {
    run(steps) {
      const norms: number[][] = [];
      while (norms.length < steps) {
        const { rows } = run.advance(steps === 1 ? 0 : sliceMilliseconds);
        const layers = run.layers.length;
        for (let row = 0; row < rows.steps.length; row += 1) {
          const values = rows.values.subarray(row * layers * recordedQuantities.length);
          norms.push(
            Array.from(
              { length: layers },
              (_, layer) => values[layer * recordedQuantities.length + norm] ?? 0,
            ),
          );
        }
        if (rows.steps.length === 0) throw new Error('The run has ended');
      }
      return norms;
    },
    close() {
      run.finish('stopped'); // Helping threads go.
    },
  };
}
