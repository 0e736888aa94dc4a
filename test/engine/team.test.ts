/** When helping threads take part: tried in short calls, left out for longer each time that they do not pay. */
import { expect, test } from 'vitest';
import { RunMemory } from '../../src/engine/memory.ts';
import { Team } from '../../src/engine/team.ts';

/** Behind what the kernels keep at the start of the memory. */
const control = 2 * 65_536;
/** Where helpers count themselves in, behind the start of the control block. */
const ready = 12;

/** A team of two whose helper is there. */
function teamOfTwo(): Team {
  const memory = new RunMemory(3 * 65_536, 4);
  const team = new Team(memory, control, { count: 2, start: () => undefined }, 8);
  team.callHelpers(Infinity, Infinity);
  memory.view.setInt32(control + ready, 1, true);
  return team;
}

/** The threads of so many calls, of which those alone take `alone` milliseconds a step and those together `together`. */
function calls(team: Team, count: number, alone: number, together: number): string {
  return Array.from({ length: count }, () => {
    const { threads, share } = team.choose();
    team.report(threads, threads === 1 ? alone : together);
    return share < 1 ? String.fromCharCode(96 + threads) : String(threads);
  }).join('');
}

test('a run without helpers, or whose helpers are still on their way, keeps to one thread', () => {
  const memory = new RunMemory(3 * 65_536, 4);
  expect(calls(new Team(memory, control, undefined, 8), 20, 1, 1)).toBe('1'.repeat(20));
  const waiting = new Team(memory, control, { count: 2, start: () => undefined }, 8);
  waiting.callHelpers(Infinity, Infinity);
  expect(calls(waiting, 20, 1, 1)).toBe('1'.repeat(20));
});

test('a batch of one block cannot be shared', () => {
  const team = new Team(new RunMemory(3 * 65_536, 4), control, { count: 2, start: () => undefined }, 1);
  team.callHelpers(Infinity, Infinity);
  expect(calls(team, 9, 1, 1)).toBe('1'.repeat(9));
});

test('both ways are tried in three short calls each, and the better one is kept for fifty', () => {
  expect(calls(teamOfTwo(), 58, 1, 0.6)).toBe(`aaabbb${'2'.repeat(50)}aa`);
});

test('threads that do not pay are tried again after a hundred calls, then after two hundred', () => {
  const expected = `aaabbb${'1'.repeat(100)}aaabbb${'1'.repeat(200)}a`;
  expect(calls(teamOfTwo(), expected.length, 1, 1.2)).toBe(expected);
});

test('a trial ends with the first call that takes half as long again', () => {
  expect(calls(teamOfTwo(), 8, 1, 1.6)).toBe('aaab1111');
});

test('threads that pay again are tried as often as at first', () => {
  const team = teamOfTwo();
  calls(team, 106, 1, 1.2);
  expect(calls(team, 57, 1, 0.5)).toBe(`aaabbb${'2'.repeat(50)}a`);
});
