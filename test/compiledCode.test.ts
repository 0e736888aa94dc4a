import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBundle } from '../src/compiledCode.ts';

interface Bundle {
  readonly answer: () => number;
  readonly place: string;
  readonly neighbour: string;
}

const source = `"use strict";
exports.answer = () => 42;
exports.place = __filename;
exports.neighbour = require('./neighbour.cjs').name;
`;

let folder: string;
let file: string;
let codeFile: string;
const load = () => loadBundle<Bundle>(file, codeFile);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-code-'));
  file = path.join(folder, 'bundle.cjs');
  codeFile = path.join(folder, 'storage', 'bundle.code');
  writeFileSync(file, source);
  writeFileSync(path.join(folder, 'neighbour.cjs'), "exports.name = 'neighbour';");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a bundle that is loaded with its compiled code', () => {
  it('runs as it would if it were required', () => {
    const { exports } = load();
    expect(exports.answer()).toBe(42);
    expect(exports.place).toBe(file);
    expect(exports.neighbour).toBe('neighbour');
  });

  it('is compiled once: the next start takes the code that was kept, and has nothing to keep', async () => {
    await load().keep?.();
    const { exports, keep } = load();
    expect(keep).toBeUndefined();
    expect(exports.answer()).toBe(42);
    expect(readdirSync(path.dirname(codeFile))).toEqual(['bundle.code']);
  });

  it('is compiled anew when its source has changed, even to one of the same length', async () => {
    await load().keep?.();
    writeFileSync(file, source.replace('42', '43'));
    const { exports, keep } = load();
    expect(exports.answer()).toBe(43);
    expect(keep).toBeDefined();
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['shorter than its digest', (bytes: Buffer) => bytes.subarray(0, 7)],
    [
      'changed in one bit',
      (bytes: Buffer) => bytes.fill((bytes.at(-9) ?? 0) ^ 1, bytes.length - 9, bytes.length - 8),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('does not take code that is %s', async (_, spoil) => {
    await load().keep?.();
    writeFileSync(codeFile, spoil(readFileSync(codeFile)));
    const { exports, keep } = load();
    expect(exports.answer()).toBe(42);
    await keep?.();
    expect(load().keep).toBeUndefined();
  });

  it('runs where nothing can be kept, and says so when asked to keep', async () => {
    writeFileSync(path.dirname(codeFile), 'a file, not a folder');
    const { exports, keep } = load();
    expect(exports.answer()).toBe(42);
    await expect(keep?.()).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  it('names its own lines in a stack', () => {
    writeFileSync(file, '\n\nthrow new Error("on the third line");');
    expect(load).toThrow(expect.objectContaining({ stack: expect.stringContaining(`${file}:3:`) as string }));
  });
});
