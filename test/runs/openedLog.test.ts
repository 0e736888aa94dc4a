import { expect, it } from 'vitest';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { readRunLog } from '../../src/protocol/runLog.ts';
import { OpenedLog } from '../../src/runs/openedLog.ts';

const header = '{"vglog":1,"network":"n","layers":[{"name":"a","parameters":4}]}';

function notesOf(...lines: readonly string[]): readonly string[] {
  const outcome = readRunLog([header, ...lines].join('\n'));
  if (!outcome.ok) throw new Error(outcome.message);
  return new OpenedLog('file:///n.vglog', outcome.log, 0, defaultThresholds).header().notes;
}

it('a log tells the view what was passed over, each with its line', () => {
  expect(notesOf('{"step":0,"norm":[1]}', '{"step":1,"norm":[1,2]}', '{"step":2,"no')).toEqual([
    'line 3 has 2 norms for 1 layers and was passed over',
    'line 4 is not whole and was passed over',
  ]);
});

it('a file of another kind is told of in a few lines, not in one for each of its own', () => {
  const notes = notesOf(...Array.from({ length: 1205 }, () => 'no JSON'));
  expect(notes).toHaveLength(6);
  expect(notes.at(-1)).toBe('1,200 more of this kind');
});
