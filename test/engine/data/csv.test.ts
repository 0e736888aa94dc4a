import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeData, prepareData, type NetworkUse } from '../../../src/engine/data/prepare.ts';
import { failureOf, inputOf, prepared, rowsOf, settingsOf } from './settings.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const fileOf = (content: string | Uint8Array) =>
  new Map([['a.csv', typeof content === 'string' ? encode(content) : content]]);
const csv = (target = ['y']) =>
  ({ kind: 'csv', path: 'a.csv', target, header: true, normalize: 'none' }) as const;
const use = (loss: NetworkUse['loss'], ...outputShape: number[]): NetworkUse => ({ loss, outputShape });

describe('what a target column means', () => {
  test.each([
    [
      'text is classes in alphabetical order',
      'x,y\n1,cat\n2,ant\n3,cat',
      use('cross_entropy', 2),
      [1, 0, 1],
      2,
    ],
    ['also where the loss measures', 'x,y\n1,cat\n2,ant\n3,cat', use('mse', 1), [1, 0, 1], 2],
    ['text among numbers is a class', 'x,y\n1,1\n2,b\n3,1', use('cross_entropy', 2), [0, 1, 0], 2],
    ['whole numbers are classes', 'x,y\n1,0\n2,1\n3,2', use('cross_entropy', 3), [0, 1, 2], 3],
    ['also where several outputs are measured', 'x,y\n1,0\n2,1\n3,2', use('mse', 3), [0, 1, 2], 3],
    ['with gaps, in their order', 'x,y\n1,3\n2,8\n3,3', use('cross_entropy', 2), [0, 1, 0], 2],
    ['−1 and 1 are two classes', 'x,y\n1,-1\n2,1\n3,-1', use('hinge', 1), [0, 1, 0], 2],
    ['nothing but ones is the second of two', 'x,y\n1,1\n2,1', use('bce_with_logits', 1), [1, 1], 2],
  ] as const)('%s', (_, content, howUsed, targets, classes) => {
    const data = prepared(csv(), inputOf([1]), fileOf(content), howUsed);
    expect([...data.targets]).toEqual(targets);
    expect(data.target).toEqual({ type: 'classes', classes });
  });

  test.each([
    ['whole numbers are values, if one output is measured', 'x,y\n1,0\n2,1', use('mse', 1)],
    ['numbers with a part', 'x,y\n1,0.5\n2,1', use('huber', 1)],
    ['probabilities', 'x,y\n1,0.25\n2,1', use('bce', 1)],
  ] as const)('%s', (_, content, howUsed) => {
    expect(prepared(csv(), inputOf([1]), fileOf(content), howUsed).target).toEqual({
      type: 'values',
      size: 1,
    });
  });

  test('several columns are values', () => {
    const data = prepared(csv(['z', 'x']), inputOf([1]), fileOf('x,y,z\n1,2,3\n4,5,6'), use('mse', 2));
    expect(data.target).toEqual({ type: 'values', size: 2 });
    expect([...data.targets]).toEqual([3, 1, 6, 4]);
    expect([...data.inputs]).toEqual([2, 5]);
  });

  test('a single class is allowed, and said', () => {
    const data = prepared(csv(), inputOf([1]), fileOf('x,y\n1,cat\n2,cat'), use('cross_entropy', 2));
    expect(data.notes).toEqual(['Every sample is of the same class, "cat": there is nothing to tell apart.']);
  });
});

describe('how a file may be written', () => {
  test.each([
    ['as usual', 'a,b,y\n1,2,0\n3,4,1\n'],
    ['with Windows line ends and no last one', 'a,b,y\r\n1,2,0\r\n3,4,1'],
    ['with a byte order mark', '\ufeffa,b,y\n1,2,0\n3,4,1\n'],
    ['with semicolons', 'a;b;y\n1;2;0\n3;4;1\n'],
    ['with tabs', 'a\tb\ty\n1\t2\t0\n3\t4\t1\n'],
    ['with spaces and quotes', '"a", "b", y\n 1 , "2",0\n3,4 ,1\n'],
    ['with empty lines', 'a,b,y\n\n1,2,0\n\n3,4,1\n\n'],
    ['with signs and exponents', 'a,b,y\n+1,2e0,0\n.3e1,4.,1\n'],
  ])('%s', (_, content) => {
    const data = prepared(csv(), inputOf([2]), fileOf(content));
    expect(rowsOf(data.inputs, 2)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect([...data.targets]).toEqual([0, 1]);
  });

  test('without a header, columns have numbers', () => {
    const settings = { ...csv(['0']), header: false };
    const data = prepared(settings, inputOf([1]), fileOf('5,1\n6,2\n'), use('mse', 1));
    expect([...data.inputs]).toEqual([1, 2]);
    expect([...data.targets]).toEqual([5, 6]);
  });

  // The layout of the files in sklearn/datasets/data: rows, features, names of the classes.
  test.each([true, false])('as scikit-learn ships its files (header = %s)', (header) => {
    const file = fileOf('3,2,ant,bee,cat\n1,2,0\n3,4,2\n5,6,0\n');
    const data = prepared({ ...csv(['2']), header }, inputOf([2]), file);
    expect(data.target).toEqual({ type: 'classes', classes: 3 });
    expect([...data.targets]).toEqual([0, 2, 0]);
  });

  test('what is known of it without training: columns, rows, target, largest input', () => {
    expect(
      describeData(settingsOf(csv()), fileOf('a,b,y\n1,2,u\n3,4,v\n'), inputOf([2]), use('cross_entropy', 2)),
    ).toEqual({
      ok: true,
      facts: {
        inputShape: [2],
        target: { type: 'classes', classes: 2 },
        samples: 2,
        columns: ['a', 'b', 'y'],
        largestInput: 4,
      },
    });
  });

  test('a row may be an image', () => {
    const data = prepared(csv(), inputOf([1, 2, 2]), fileOf('a,b,c,d,y\n1,2,3,4,0\n5,6,7,8,1\n'));
    expect(data.inputShape).toEqual([1, 2, 2]);
  });
});

describe('normalize, with numbers from the training samples alone', () => {
  // Training samples 1 and 3 (mean 2, deviation 1), held out 7; the constant column is only shifted.
  const content = 'a,b,y\n1,5,0\n3,5,0\n7,5,1\n';

  test.each([
    ['standard', [-1, 1, 5]],
    ['minmax', [0, 1, 3]],
    ['none', [1, 3, 7]],
  ] as const)('%s', (normalize, expected) => {
    // The seed decides which sample is held out; one that holds out the 7 is looked for.
    for (let seed = 1; ; seed++) {
      const data = prepared({ ...csv(), normalize, split: 0.67, seed }, inputOf([2]), fileOf(content));
      if (data.targets[2] === 1) {
        expect(rowsOf(data.inputs, 2).map(([a]) => a)).toEqual(expected);
        expect(rowsOf(data.inputs, 2).map(([, b]) => b)).toEqual(Array(3).fill(normalize === 'none' ? 5 : 0));
        expect([data.trainCount, data.testCount]).toEqual([2, 1]);
        return;
      }
    }
  });
});

describe('what is wrong with a file, in words', () => {
  const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
  test.each([
    ['', 'data-format: "a.csv" is empty.'],
    ['\n\n', 'data-format: "a.csv" is empty.'],
    ['x,y\n', 'data-format: "a.csv" has a header and no rows.'],
    ['x,y\n1,2\n3\n', 'data-format: "a.csv" is ragged: line 3 has 1 column, the header has 2.'],
    ['x,y\n1,2\n\n3,4,5\n', 'data-format: "a.csv" is ragged: line 4 has 3 columns, the header has 2.'],
    ['x,y\n1,2\nabc,3\n', 'data-values: "a.csv", line 3, column "x": "abc" is not a finite number.'],
    ['x,y\n1,2\nNaN,3\n', 'data-values: "a.csv", line 3, column "x": "NaN" is not a finite number.'],
    ['x,y\n1,2\n0x10,3\n', 'data-values: "a.csv", line 3, column "x": "0x10" is not a finite number.'],
    ['x,y\n1,2\n1e999,3\n', 'data-values: "a.csv", line 3, column "x": "1e999" is not a finite number.'],
    ['x,y\n1,2\n,3\n', 'data-values: "a.csv", line 3, column "x": the cell is empty; a number is expected.'],
    ['x,y\n1,2\n1,\n', 'data-values: "a.csv", line 3, column "y": the cell is empty; a target is expected.'],
    ['x,y\n1,2\n1,nan\n', 'data-values: "a.csv", line 3, column "y": "nan" is no target.'],
    [
      'x,y\n1,"2\n3,4\n',
      'data-format: "a.csv" has a quotation mark in the row that begins on line 2 that is never closed.',
    ],
    [
      '1,2\n3,4\n',
      'data-format: "a.csv" has no header: line 1 is all numbers (write `header = false` and name columns by number, from 0).',
    ],
    ['x,Y\n1,2\n', 'data-column: "a.csv" has no column "y"; it has "x", "Y". Did you mean "Y"?'],
    ['a,b\n1,2\n', 'data-column: "a.csv" has no column "y"; it has "a", "b".'],
    ['x,y,y\n1,2,3\n', 'data-column: "a.csv" has more than one column "y".'],
    ['length,width\n1,2\n', 'data-column: "a.csv" has no column "y"; it has "length", "width".'],
    ['y\n1\n', 'data-column: "a.csv" has no column left besides the target.'],
    [
      'x,y\n1,a"b\n',
      'data-format: "a.csv" has a quotation mark inside a value on line 2; put the whole value in marks and double those inside.',
    ],
    [
      bytes(0x78, 0x2c, 0x79, 0x0a, 0x31, 0x2c, 0xe4, 0x0a),
      'data-format: "a.csv" is not UTF-8 text: line 2 holds other bytes.',
    ],
    [bytes(0xff, 0xfe, 0x78, 0x00), 'data-format: "a.csv" is not UTF-8 text: line 1 holds other bytes.'],
  ])('%j', (content, message) => {
    expect(failureOf(csv(), inputOf([1]), fileOf(content))).toBe(`3: ${message}`);
  });

  test('a file that is not there', () => {
    expect(failureOf(csv(), inputOf([1]))).toBe(
      '3: data-file: "a.csv" was not found; a path is relative to the .vgnet file.',
    );
  });

  test('a fraction where cross_entropy needs a class', () => {
    expect(failureOf(csv(), inputOf([1]), fileOf('x,y\n1,0\n2,0.5\n'), use('cross_entropy', 2))).toBe(
      '3: data-values: "a.csv", line 3, column "y": 0.5 is no class; cross_entropy needs whole numbers or names.',
    );
  });

  test('text among numbers that are to be measured', () => {
    expect(failureOf(csv(), inputOf([1]), fileOf('x,y\n1,2\n1,3\n1,4x\n'), use('mse', 1))).toBe(
      '3: data-values: "a.csv", line 4, column "y": "4x" is not a finite number.',
    );
  });

  test('more classes than the network tells apart', () => {
    expect(failureOf(csv(), inputOf([1]), fileOf('x,y\n1,a\n2,b\n3,c\n'), use('cross_entropy', 2))).toBe(
      '3: loss-shape: `cross_entropy` wants one output a class: `data csv` has 3, but the network gives 2.',
    );
  });

  test('another number of columns than the network takes', () => {
    expect(failureOf(csv(), inputOf([4]), fileOf('x,y\n1,0\n'))).toBe(
      '3: data-shape: `data csv` has samples for `input 1`, not for `input 4`.',
    );
  });
});

describe('whatever the bytes are, there is data or a reason', () => {
  const outcome = (bytes: Uint8Array) =>
    prepareData(settingsOf(csv()), inputOf([1]), fileOf(bytes), use('cross_entropy', 9));
  const pieces = ['x,y', '\n', '\r\n', '1', ',', '2.5', '"', 'cat', ' ', ';', 'NaN', '\ufeff', '-3e2'];

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(outcome(bytes)).toHaveProperty('ok');
      }),
    );
  });

  test('pieces of CSV in any order; what is read is finite and complete', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), (parts) => {
        const read = outcome(encode(`x,y\n${parts.join('')}`));
        if (read.ok) {
          const { inputs, targets, trainCount, testCount } = read.data;
          expect([...inputs, ...targets].every(Number.isFinite)).toBe(true);
          expect([inputs.length, targets.length]).toEqual([trainCount + testCount, trainCount + testCount]);
        }
      }),
    );
  });
});
