import { describe, expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { fixAll } from '../../src/language/service/fixAll.ts';
import { apply, inNetwork } from './marked.ts';

const classifier = (lines: string, loss = 'cross_entropy'): string =>
  `network n {\ninput 64\n${lines}\n}\ndata digits {}\ntrain { loss = ${loss} }\n`;
const binary = (lines: string, loss = 'bce_with_logits'): string =>
  `network n {\ninput 2\n${lines}\n}\ndata moons {}\ntrain { loss = ${loss} }\n`;
const inline = (samples: string): string =>
  `network n {\ninput 1\ndense 1\n}\ndata inline { ${samples} }\ntrain { loss = mse }\n`;
const tuned = (optimizer: string): string =>
  inNetwork('dense 1').replace('loss = mse', `loss = mse, optimizer = ${optimizer}`);

/** A source with its one mistake, the rule that finds it, and the text after its fix. */
const cases: readonly [rule: string, source: string, fixed: string][] = [
  [
    'unscaled-data',
    inline('inputs = [[500], [-1e3]], targets = [[0], [1]]'),
    inline('inputs = [[0.5], [-1]], targets = [[0], [1]]'),
  ],
  [
    'unscaled-data',
    inline('inputs = [[1], [2]], targets = [[30], [40]]'),
    inline('inputs = [[1], [2]], targets = [[0.75], [1]]'),
  ],
  ['softmax-before-cross-entropy', classifier('dense 10 softmax'), classifier('dense 10')],
  [
    'softmax-before-cross-entropy',
    classifier('dense 10 activation=softmax bias=false'),
    classifier('dense 10 bias=false'),
  ],
  ['softmax-before-cross-entropy', classifier('dense 10\nactivation softmax'), classifier('dense 10')],
  ['sigmoid-before-logits', binary('dense 1 sigmoid'), binary('dense 1')],
  ['sigmoid-before-logits', binary('dense 1; activation sigmoid'), binary('dense 1')],
  ['missing-probabilities', binary('dense 1', 'bce'), binary('dense 1', 'bce_with_logits')],
  ['single-softmax', binary('dense 1 softmax'), binary('dense 1')],
  ['single-softmax', binary('dense 1 softmax', 'mse'), binary('dense 1 sigmoid', 'mse')],
  [
    'equal-weights',
    binary('dense 4 relu init=zeros; dense 1'),
    binary('dense 4 relu init=kaiming_normal; dense 1'),
  ],
  [
    'equal-weights',
    binary('dense 4 tanh init=constant(0.5); dense 1'),
    binary('dense 4 tanh init=xavier_uniform; dense 1'),
  ],
  [
    'initialiser-scale',
    binary('dense 100 tanh; dense 100 tanh init=normal(0, 1); dense 1'),
    binary('dense 100 tanh; dense 100 tanh init=xavier_uniform; dense 1'),
  ],
  [
    'initialiser-scale',
    binary('repeat 8 { dense 100 sigmoid init=normal(0, 0.01) }\ndense 1'),
    binary('repeat 8 { dense 100 sigmoid init=xavier_uniform }\ndense 1'),
  ],
  [
    'rectifier-initialiser',
    binary('repeat 12 { dense 32 relu init=xavier_normal }\ndense 1'),
    binary('repeat 12 { dense 32 relu init=kaiming_normal }\ndense 1'),
  ],
  [
    'rectifier-initialiser',
    binary('repeat 12 { dense 32 relu }\ndense 1'),
    binary('repeat 12 { dense 32 relu init=kaiming_normal }\ndense 1'),
  ],
  ['learning-rate', tuned('sgd(lr=50)'), tuned('sgd(lr=0.1)')],
  ['learning-rate', tuned('adam(2)'), tuned('adam(0.001)')],
  [
    'cancelled-bias',
    binary('dense 8; batchnorm; activation relu; dense 1'),
    binary('dense 8 bias=false; batchnorm; activation relu; dense 1'),
  ],
  [
    'cancelled-bias',
    binary('dense 8 bias=true; batchnorm; dense 1'),
    binary('dense 8 bias=false; batchnorm; dense 1'),
  ],
  [
    'unused-label',
    binary('hidden: repeat 2 { h: dense 4 }; dense 1'),
    binary('hidden: repeat 2 { dense 4 }; dense 1'),
  ],
  ['unused-let', `let width = 3 # units\n${binary('dense 1')}`, `# units\n${binary('dense 1')}`],
  ['unused-let', `let width = 3\n${binary('dense 1')}`, binary('dense 1')],
  [
    'no-test-samples',
    binary('dense 1').replace('moons {}', 'moons { split = 1 }'),
    binary('dense 1').replace('moons {}', 'moons { split = 0.8 }'),
  ],
];

describe('advice', () => {
  test.each(cases)('%s: %j', (rule, source, fixed) => {
    const { diagnostics } = check(source);
    expect([...new Set(diagnostics.map((diagnostic) => diagnostic.rule))]).toEqual([rule]);
    expect(apply(source, fixAll({ diagnostics }))).toBe(fixed);
  });

  test.each([
    ['a sigmoid in front of `bce`', binary('dense 1 sigmoid', 'bce')],
    ['a softmax in front of `mse`', classifier('dense 10 softmax', 'mse')],
    ['constant weights of one unit', binary('dense 1 init=constant(0.5)')],
    ['few rectifiers with xavier', binary('repeat 3 { dense 32 relu init=xavier_normal }\ndense 1')],
    [
      'many rectifiers with normalisation',
      binary('repeat 12 { dense 32 relu bias=false; batchnorm }\ndense 1'),
    ],
    [
      'a bias that an activation separates from the normalisation',
      binary('dense 8 relu; batchnorm; dense 1'),
    ],
    ['a bias whose layer another one takes too', binary('a: dense 8; batchnorm; add a; dense 1')],
    ['labels that name layers', binary('hidden: repeat 2 { dense 4 }; output: dense 1')],
    ['a label that an `add` takes', binary('hidden: repeat 2 { dense 2 }; dense 2; add hidden; dense 1')],
    ['usual learning rates', tuned('adam(0.001)')],
    ['a `let` that another one uses', `let a = 1\nlet b = a\n${binary('dense b')}`],
  ])('there is none for %s', (_, source) => {
    expect(check(source).diagnostics).toEqual([]);
  });

  test('inputs of hundreds are reported, a target class is not', () => {
    const source =
      'network n {\ninput 1\ndense 300\n}\ndata inline { inputs = [[300], [100]], targets = [299, 100] }\ntrain { loss = cross_entropy }\n';
    expect(check(source).diagnostics.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'unscaled-data',
        'The inputs reach 300: networks learn well from numbers of about 1. Divide them by 300.',
      ],
    ]);
  });

  test.each([
    ['digits { samples = 5000 }', '1,797', 'digits { samples = 1797 }'],
    ['inline { samples = 3, inputs = [[0], [1]], targets = [0, 1] }', '2', undefined],
    ['csv { path = "a.csv", target = y, samples = 30 }', '10', undefined],
  ])('more samples than there are is reported of %s', (data, count, mended) => {
    const source = `network n {\ninput 1x8x8\nflatten\ndense 10\n}\ndata ${data}\ntrain { loss = cross_entropy }\n`;
    const { diagnostics } = check(source, () => ({
      inputShape: [1, 8, 8],
      target: { type: 'classes', classes: 10 },
      samples: 10,
    }));
    const found = diagnostics.filter(({ rule }) => rule === 'too-few-samples');
    expect(found.map(({ message }) => message)).toEqual([
      `The data holds ${count} samples: all of them are taken, and no more.`,
    ]);
    if (mended !== undefined)
      expect(apply(source, fixAll({ diagnostics: found }))).toBe(source.replace(data, mended));
  });

  test('a table of large numbers is reported where its file says so', () => {
    const source =
      'network n {\ninput 2\ndense 1\n}\ndata csv { path = "a.csv", target = y }\ntrain { loss = mse }\n';
    const facts = {
      inputShape: [2],
      target: { type: 'values', size: 1 },
      samples: 10,
      largestInput: 5000,
    } as const;
    const { diagnostics } = check(source, () => facts);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['unscaled-data']);
    expect(apply(source, fixAll({ diagnostics }))).toBe(
      source.replace('"a.csv"', '"a.csv", normalize = standard'),
    );
  });
});

test.each([
  ['a mistyped activation', 'dense 16 rellu'],
  ['a mistyped initialiser', 'dense 16 relu init=kaimng_normal'],
  ['an argument that there is not', 'dense 16 relu colour=3'],
])('%s hides nothing that is said about other lines', (_, line) => {
  const { diagnostics } = check(classifier(`${line}\ndense 10 softmax`));
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['unknown-word', 'softmax-before-cross-entropy']);
});

// The activation was meant to be one: that `bce` wants probabilities would be beside the point.
test('a mistyped activation is not taken for none', () => {
  expect(check(binary('dense 1 sigmod', 'bce')).diagnostics.map(({ rule }) => rule)).toEqual([
    'unknown-word',
  ]);
});
