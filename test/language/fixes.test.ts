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
];

describe('the fix of an error', () => {
  test.each(cases)('%j', (source, fixed) => {
    const { diagnostics } = check(source);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(apply(source, fixAll({ diagnostics: errors }))).toBe(fixed);
    expect(check(fixed).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
