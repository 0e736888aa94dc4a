import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { outliveReader } from '../../src/cli/standardStreams.ts';

test('a reader that leaves ends nothing, any other loss of output is told', async () => {
  const lost: string[] = [];
  for (const code of ['EPIPE', 'ENOSPC']) {
    const failure = Object.assign(new Error(code), { code });
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(failure) });
    outliveReader(stream, ({ message }) => lost.push(message));
    stream.write('text');
  }
  await turn();
  expect(lost).toEqual(['ENOSPC']);
});
