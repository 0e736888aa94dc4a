import { describe, expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { fixAll } from '../../src/language/service/fixAll.ts';
import { apply, inNetwork } from './marked.ts';

const network = 'network n {\n  input 2\n  dense 1\n}';
const data = 'data moons {}';
const train = 'train { loss = bce_with_logits }';
const file = (...parts: string[]): string => `${parts.join('\n')}\n`;

/** Sources with one error each, and the text after its first fix, which has none. */
const cases: readonly [string, string][] = [
  [inNetwork('dens 4'), inNetwork('dense 4')],
  [inNetwork('dense 4 Relu'), inNetwork('dense 4 relu')],
  [inNetwork('dense 4 actvation=relu'), inNetwork('dense 4 activation=relu')],
  [inNetwork('dense 4 initialiser=ones'), inNetwork('dense 4 init=ones')],
  [inNetwork('dense(4, relu, bias=false)'), inNetwork('dense 4 relu bias=false')],
  [inNetwork('tanh'), inNetwork('activation tanh')],
  [inNetwork('fc 4'), inNetwork('dense 4')],
  [inNetwork('first: dense 4\ndense 4\nadd frist'), inNetwork('first: dense 4\ndense 4\nadd first')],
  [file('let width 4', inNetwork('dense width')), file('let width = 4', inNetwork('dense width'))],
  [file(network, data, 'train { loss mse }'), file(network, data, 'train { loss = mse }')],
  [file(network, data, 'train { loss: mse }'), file(network, data, 'train { loss = mse }')],
  [file(network, data, 'train { loss = "mse" }'), file(network, data, 'train { loss = mse }')],
  [file(network, data, 'train { loss = ms }'), file(network, data, 'train { loss = mse }')],
  [
    file(network, data, 'train { loss = mse, optimizer = sgd(0.1 momentum=0.9) }'),
    file(network, data, 'train { loss = mse, optimizer = sgd(0.1, momentum=0.9) }'),
  ],
  [
    file(network, data, 'train {\n  loss = mse\n  optimizer = sgd(lr=0.1\n}'),
    file(network, data, 'train {\n  loss = mse\n  optimizer = sgd(lr=0.1)\n}'),
  ],
  // A comma where a point is meant.
  [inNetwork('dense 4\ndropout 0,5'), inNetwork('dense 4\ndropout 0.5')],
  [file(network, 'data moons { noise = 0,15 }', train), file(network, 'data moons { noise = 0.15 }', train)],
  [
    file(network, data, 'train { loss = mse, optimizer = sgd(lr=0,1, momentum=0.9) }'),
    file(network, data, 'train { loss = mse, optimizer = sgd(lr=0.1, momentum=0.9) }'),
  ],
  [file(network, 'data moon {}', train), file(network, 'data moons {}', train)],
  [file(network, data, train, '}'), `${file(network, data, train)}\n`],
  [file(network.replace(' {', '\n{'), data, train), file(network, data, train)],
  [file(`${network} ${data}`, train), file(network, data, train)],
  [
    file('netwrk m { input 2 }', network, data, train).replace('{ input 2 }', '{ input 2; dense 1 }'),
    file('network m { input 2; dense 1 }', network, data, train),
  ],
  [file(network.replace('  input 2\n', ''), data, train), file(network, data, train)],
  [file(network.replace('input 2', 'input 3'), data, train), file(network, data, train)],
  [file(network, train), file(network, '', 'data moons {\n  samples = 1000\n}', train)],
  [
    file(network, data),
    file(network, '', 'train {\n  loss = bce_with_logits\n  optimizer = adam(lr=0.001)\n}', data),
  ],
  [
    file('network n {\n  input 2\n  repeat 2 {\n    dense 4\n  dense 1\n}', '', data, train),
    file('network n {\n  input 2\n  repeat 2 {\n    dense 4\n  }\n  dense 1\n}', '', data, train),
  ],
  // Numbers out of range: the sign that slipped in, the nearest that is allowed, the default where a bound is not.
  [inNetwork('dense -3'), inNetwork('dense 3')],
  [inNetwork('dense 0'), inNetwork('dense 1')],
  [inNetwork('dense 2.6'), inNetwork('dense 3')],
  [inNetwork('dense 1e9'), inNetwork('dense 1000000')],
  [inNetwork('dense 4\ndropout 1.5'), inNetwork('dense 4\ndropout 0.999')],
  [inNetwork('flatten', 'input 0x28'), inNetwork('flatten', 'input 1x28')],
  [inNetwork('dense 4\nlayernorm eps=0'), inNetwork('dense 4\nlayernorm eps=1e-5')],
  [file(network, 'data moons { split = -0.8 }', train), file(network, 'data moons { split = 0.8 }', train)],
  [
    file('let width = 0', inNetwork('dense 4\ndense width')),
    file('let width = 0', inNetwork('dense 4\ndense 1')),
  ],
  // Arguments that are missing, with the values of the examples in the reference.
  [inNetwork('dense'), inNetwork('dense 16')],
  [inNetwork('conv', 'input 1x8x8'), inNetwork('conv 16 3', 'input 1x8x8')],
  [inNetwork('conv 8', 'input 1x8x8'), inNetwork('conv 8 3', 'input 1x8x8')],
  [inNetwork('conv filters=8', 'input 1x8x8'), inNetwork('conv filters=8 kernel=3', 'input 1x8x8')],
  [inNetwork('repeat { dense 4 }'), inNetwork('repeat 8 { dense 4 }')],
  [inNetwork('dense 4 init=uniform'), inNetwork('dense 4 init=uniform(-0.1, 0.1)')],
  [inNetwork('dense 4 init=normal(0)'), inNetwork('dense 4 init=normal(0, 0.05)')],
  [inNetwork('dense 4 init=normal(mean=0)'), inNetwork('dense 4 init=normal(mean=0, std=0.05)')],
  [file(network, data, 'train {}'), file(network, data, 'train { loss = bce_with_logits }')],
  [
    file(network, data, 'train { seed = 3 }'),
    file(network, data, 'train { loss = bce_with_logits, seed = 3 }'),
  ],
  [
    file(network, data, 'train {\n  seed = 3\n}'),
    file(network, data, 'train {\n  loss = bce_with_logits\n  seed = 3\n}'),
  ],
  [
    file(network.replace('dense 1', 'dense 10').replace('2', '64'), 'data digits {}', 'train {}'),
    file(
      network.replace('dense 1', 'dense 10').replace('2', '64'),
      'data digits {}',
      'train { loss = cross_entropy }',
    ),
  ],
  [
    file(
      network.replace('dense 1', 'dense 10').replace('2', '784'),
      'data mnist {}',
      'train { loss = cross_entropy }',
    ),
    file(
      network.replace('dense 1', 'dense 10').replace('2', '784'),
      'data mnist { path = "mnist" }',
      'train { loss = cross_entropy }',
    ),
  ],
  // Values that are one too many.
  [inNetwork('dense 16 relu false'), inNetwork('dense 16 relu bias=false')],
  [inNetwork('dense 16 relu xavier_uniform'), inNetwork('dense 16 relu init=xavier_uniform')],
  [inNetwork('dense 16 relu 3'), inNetwork('dense 16 relu')],
  // Values of another type that can only mean one thing.
  [inNetwork('dense 16 bias=0'), inNetwork('dense 16 bias=false')],
  [inNetwork('dense "16"'), inNetwork('dense 16')],
  [inNetwork('dense 16 bias=False'), inNetwork('dense 16 bias=false')],
  // What is there twice.
  [inNetwork('a: dense 4\na: dense 5\na2: dense 6'), inNetwork('a: dense 4\na3: dense 5\na2: dense 6')],
  [inNetwork('dense 4 bias=true bias=false'), inNetwork('dense 4 bias=true')],
  [
    inNetwork('dense 4\ninput 3')
      .replace('input 2\ndense 4\n', 'input 2\ninput 3\ndense 4\n')
      .replace('input 3\n}', '}'),
    inNetwork('dense 4'),
  ],
  [
    file(network, 'data moons { seed = 1, seed = 2 }', train),
    file(network, 'data moons { seed = 1 }', train),
  ],
  [
    file(network, 'data moons {\n  seed = 1\n  seed = 2\n}', train),
    file(network, 'data moons {\n  seed = 1\n}', train),
  ],
  [file('let a = 1', 'let a = 2', inNetwork('dense a')), file('let a = 1', inNetwork('dense a'))],
  [
    file(network, network, data, train),
    file(network, network.replace('network n', 'network n2'), data, train),
  ],
  [
    file(network, data, 'train { loss = mse, steps = 100, epochs = 2 }'),
    file(network, data, 'train { loss = mse, steps = 100 }'),
  ],
  [
    file(network, data, 'train { loss = mse, optimizer = sgd(0.1, nesterov=true) }'),
    file(network, data, 'train { loss = mse, optimizer = sgd(0.1, nesterov=true, momentum=0.9) }'),
  ],
  [
    file(network, data, train, 'analyze { threshold = 1e3, explode = 1e-4 }'),
    file(network, data, train, 'analyze { threshold = 1e-4, explode = 1e3 }'),
  ],
  // Shapes that one more word brings together.
  [inNetwork('  dense 4', 'input 1x8x8'), inNetwork('  flatten\n  dense 4', 'input 1x8x8')],
  [
    inNetwork('dropout 0.1; dense 4', 'input 1x8x8'),
    inNetwork('dropout 0.1; flatten; dense 4', 'input 1x8x8'),
  ],
  [inNetwork('rnn 4', 'input 5 vocab=9'), inNetwork('embedding 9 16\nrnn 4', 'input 5 vocab=9')],
  [inNetwork('residual { dense 4 }'), inNetwork('residual project=true { dense 4 }')],
  [
    file(network.replace('2', '64'), 'data digits {}', 'train { loss = cross_entropy }'),
    file(
      network.replace('2', '64').replace('dense 1', 'dense 10'),
      'data digits {}',
      'train { loss = cross_entropy }',
    ),
  ],
  // What stands in the wrong place.
  [
    file(network.replace('  input 2\n  dense 1', '  dense 4\n  input 2\n  dense 1'), data, train),
    file(network.replace('  input 2\n  dense 1', '  input 2\n  dense 4\n  dense 1'), data, train),
  ],
  [inNetwork('repeat 2 { dense 2; data moons {} }'), inNetwork('repeat 2 { dense 2 }\ndata moons {}')],
  [
    file(
      'network n {',
      '  input 2',
      '  repeat 2 {',
      '    train {',
      '      seed = 2',
      '    }',
      '    dense 2',
      '  }',
      '}',
      data,
      train,
    ),
    file(
      'network n {',
      '  input 2',
      '  repeat 2 {',
      '    dense 2',
      '  }',
      '  train {',
      '    seed = 2',
      '  }',
      '}',
      data,
      train,
    ),
  ],
  [inNetwork('dense 2 { dense 3 }'), inNetwork('dense 2; dense 3')],
  [inNetwork('dense 2 {}'), inNetwork('dense 2')],
  [
    inNetwork('  dense 2 {\n    residual { dense 2 }\n    # then\n    dense 3\n  }'),
    inNetwork('  dense 2\n  residual { dense 2 }\n  # then\n  dense 3'),
  ],
  // Two blocks of a kind: put together where they do not contradict each other.
  [
    file(network, data, train, 'train { seed = 3 }', ''),
    file(network, data, 'train { loss = bce_with_logits, seed = 3 }', ''),
  ],
  [
    file(network, data, 'train {\n  loss  = mse\n}', 'train {\n  steps = 3\n  seed = 3\n}', ''),
    file(network, data, 'train {\n  loss  = mse\n  steps = 3\n  seed  = 3\n}', ''),
  ],
  [file(network, data, train, 'train { loss = mse }', ''), file(network, data, train, '')],
  [file(network, data, 'data xor {}', train), file(network, data, train)],
  // Labels: the nearest earlier one whose output suits.
  [
    inNetwork('a: dense 3\nb: dense 4\nc: dense 3\nd: dense 3\nadd e\ne: dense 3'),
    inNetwork('a: dense 3\nb: dense 4\nc: dense 3\nd: dense 3\nadd c\ne: dense 3'),
  ],
  [inNetwork('first: dense 4\ndense 4\nadd zzz'), inNetwork('first: dense 4\ndense 4\nadd first')],
  [inNetwork('a: dense 4\ndense 4\nadd'), inNetwork('a: dense 4\ndense 4\nadd a')],
  [
    inNetwork('a: dense 4\nresidual { b: dense 4 }\nconcat'),
    inNetwork('a: dense 4\nresidual { b: dense 4 }\nconcat a'),
  ],
  [
    inNetwork('repeat 2 { a: dense 2; dense 2 }\ndense 2\nadd a'),
    inNetwork('a2: repeat 2 { a: dense 2; dense 2 }\ndense 2\nadd a2'),
  ],
  [
    inNetwork('h: repeat 2 { a: dense 2; dense 2 }\ndense 2\nadd a'),
    inNetwork('h: repeat 2 { a: dense 2; dense 2 }\ndense 2\nadd h'),
  ],
  // Blocks.
  [inNetwork('repeat 3 dense 4 relu'), inNetwork('repeat 3 { dense 4 relu }')],
  [inNetwork('repeat 3 {}\ndense 1'), inNetwork('repeat 3 { dense 16 }\ndense 1')],
  [inNetwork(''), inNetwork('dense 1\n')],
  [inNetwork('repeat 100000 { dense 2 }\ndense 1'), inNetwork('repeat 9999 { dense 2 }\ndense 1')],
  [inNetwork('dense width'), `let width = 16\n${inNetwork('dense width')}`],
];

/** Sources whose error has no answer that is better than others. */
const unanswered: readonly [string, string][] = [
  ['no earlier layer to add', inNetwork('dense 2\nadd a\na: dense 2')],
  ['no earlier layer whose output suits', inNetwork('a: dense 3\nb: dense 2\ndense 4\nadd c\nc: dense 4')],
  ['no label to take', inNetwork('dense 2\nadd')],
  [
    'settings of a repeat beside those of the network',
    inNetwork('train { seed = 1 }\nrepeat 2 { train { seed = 2 }; dense 2 }'),
  ],
  ['a let that is its own', `let a = a\n${inNetwork('dense a')}`],
];

describe('an error without a fix', () => {
  test.each(unanswered)('%s', (_, source) => {
    const errors = check(source).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0].fixes ?? []).toEqual([]);
  });
});

describe('the fix of an error', () => {
  test.each(cases)('%j', (source, fixed) => {
    const { diagnostics } = check(source);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(apply(source, fixAll({ diagnostics: errors }))).toBe(fixed);
    expect(check(fixed).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('a share that would never forget is refused, and the usual one offered', () => {
  const source = (share: string): string =>
    file(network, data, `train { loss = bce_with_logits, optimizer = adam(beta1=${share}) }`);
  const { diagnostics } = check(source('1'));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '`beta1` must be a number from 0 to below 1, not 1.',
  ]);
  expect(apply(source('1'), fixAll({ diagnostics }))).toBe(source('0.9'));
  expect(check(source('0.9999')).diagnostics).toEqual([]);
});
