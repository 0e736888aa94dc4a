import { describe, expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { expected, findings, inNetwork, unmark } from './marked.ts';

type Case = readonly [name: string, source: string, rules: readonly string[]];

function table(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    test.each(cases)('%s', (_name, source, rules) => {
      const marked = unmark(source);
      expect(findings(marked.text)).toEqual(expected(marked, rules));
    });
  });
}

const network = 'network n {\ninput 2\ndense 1\n}\n';
const data = 'data moons {}\n';
const train = 'train { loss = bce_with_logits }\n';
const sound = network + data + train;

table('sound files', [
  ['one network', sound, []],
  ['an empty file', '', []],
  ['only comments', '# one\n  # two', []],
  ['a byte-order mark, tabs and carriage returns', `\ufeff${sound.replaceAll('\n', '\r\n\t')}`, []],
  ['lone carriage returns', sound.replaceAll('\n', '\r'), []],
  ['everything on one line', `network n { input 2; dense 1 }; data moons {}, train { loss = mse }`, []],
  ['emoji and right-to-left text in comments', `# 👍🏽 שלום مرحبا\n${sound}# 🎉`, []],
  ['a name of a word of statements', `let data = 1\n${inNetwork('dense data')}`, []],
]);

test('bytes that are not UTF-8 are called so', () => {
  const bytes = Buffer.from(inNetwork('dense 1 caf\u00e9'), 'latin1');
  const messages = check(bytes.toString('utf8')).diagnostics.map(({ message }) => message);
  expect(messages.join('\n')).toContain('UTF-8');
});

table('syntax', [
  ['a statement of no kind', `«dense» 1\n${sound}`, ['syntax']],
  ['a brace too many', `${sound}«}»`, ['syntax']],
  ['a word behind a block', `${network.trimEnd()} «data» moons {}\n${train}`, ['syntax']],
  ['a label of a word of statements', inNetwork('train«:» dense 1'), ['syntax']],
  ['an opening brace on the next line', `network n\n«{»\ninput 2\ndense 1\n}\n${data}${train}`, ['syntax']],
  ['a network without a name', `«network» {\ninput 2\n}\n${sound}`, ['syntax']],
  [
    'a network without a block',
    `network «n»\n${data}${train}`.replace('«n»', '«m»'),
    ['syntax', 'missing-input'].slice(0, 1),
  ],
  ['a let without a value', `let a «=»\n${inNetwork('dense 1')}`, ['syntax']],
  ['a let without an equals sign', `let a «16»\n${inNetwork('dense a')}`, ['syntax']],
  ['a setting with a colon', `${network}${data}train { «loss»: mse }`, ['syntax']],
  ['a setting without an equals sign', `${network}${data}train { loss «mse» }`, ['syntax']],
  ['a setting without a value', `${network}data moons { samples «=» }\n${train}`, ['syntax']],
  ['two settings on a line', `${network}${data}train { loss = mse «seed = 1» }`, ['syntax']],
  ['a layer with brackets', inNetwork('«dense(3, relu)»'), ['syntax']],
  ['a setting among layers', inNetwork('dense 1\n«lr = 1»'), ['syntax']],
  ['a label without a layer', inNetwork('dense 1\nhidde«n»:'), ['syntax']],
  ['a value behind a named argument', inNetwork('dense 1 bias=false «relu»'), ['syntax']],
  ['a number that is none', inNetwork('dense «1e»'), ['syntax']],
  ['letters of another alphabet', inNetwork('dense 1 «é»'), ['syntax']],
  [
    'two values without a comma',
    `${network}${data}train { loss = mse, optimizer = sgd(0.1 «momentum=0.9») }`,
    ['syntax'],
  ],
  [
    'an unclosed bracket',
    `${network}${data}train {\nloss = mse\noptimizer = sgd«(»lr=0.1\nseed = 3\n}`,
    ['unclosed'],
  ],
  ['an unclosed string', `${network}data csv {\npath = «"iris.csv»\ntarget = a\n}\n${train}`, ['unclosed']],
  ['an unclosed network before another', `network a «{»\ninput 2\ndense 1\n\n${sound}`, ['unclosed']],
  [
    'an unclosed network before the settings',
    `network n «{»\ninput 2\ndense 1\n${data}${train}`,
    ['unclosed'],
  ],
  [
    'a network in a network',
    `network a {\ninput 2\ndense 1\n«network» n { input 2; dense 1 }\n}\n${data}${train}`,
    ['syntax'],
  ],
]);

table('exact places', [
  [
    'behind emoji and right-to-left text',
    `# 👍🏽 שלום مرحبا\n${inNetwork('dense «-3» # 🎉')}`,
    ['out-of-range'],
  ],
  [
    'behind a byte-order mark and carriage returns',
    `\ufeff${inNetwork('dense 1\n\tdense «-3»').replaceAll('\n', '\r\n')}`,
    ['out-of-range'],
  ],
  [
    'behind a tab, a form feed and a space without a break',
    inNetwork('dense\t\f\u00a0«-3»'),
    ['out-of-range'],
  ],
  ['of half a pair of surrogates', inNetwork('dense 1 «\ud83d»'), ['syntax']],
  ['of a separator of lines that is none here', inNetwork('dense 1 «\u2028»'), ['syntax']],
]);

table('slips', [
  ['a misspelt statement', `«netwrok» n {\ninput 2\ndense 1\n}\n${sound}`, ['syntax']],
  ['an activation as a layer', inNetwork('dense 16, «relu»'), ['unknown-word']],
  ['a layer by the name that others give it', inNetwork('«linear» 16'), ['unknown-word']],
  ['a repeat without braces', inNetwork('«repeat» 3 dense 4'), ['missing-block']],
  ['a word in quotes', `${network}${data}train { loss = «"mse"» }`, ['wrong-type']],
  [
    'a path without quotes',
    `${network}data csv {\npath = «iris»«.csv»\ntarget = a\n}\n${train}`,
    ['wrong-type', 'syntax'],
  ],
  [
    'an unclosed repeat in a network, by its indentation',
    `network n {\n  input 2\n  repeat 8 «{»\n    dense 4\n  dense 1\n}\n\n${data}${train}`,
    ['unclosed'],
  ],
]);

table('words', [
  ['an unknown layer', inNetwork('«dens» 1'), ['unknown-word']],
  ['an unknown activation', inNetwork('dense 1 «relo»'), ['unknown-word']],
  ['an unknown initialiser', inNetwork('dense 1 init=«xavier»'), ['unknown-word']],
  ['an unknown call', inNetwork('dense 1 init=«norml»(0, 1)'), ['unknown-word']],
  ['an unknown argument', inNetwork('dense 1 «activaton»=relu'), ['unknown-word']],
  ['an unknown kind of data', `${network}data «moon» {}\n${train}`, ['unknown-word']],
  ['an unknown setting', `${network}data moons { «sample» = 3 }\n${train}`, ['unknown-word']],
  ['an unknown loss', `${network}${data}train { loss = «bce_logits» }`, ['unknown-word']],
  ['an unknown optimizer', `${network}${data}train { loss = mse, optimizer = «sdg»(0.1) }`, ['unknown-word']],
  ['an unknown name', inNetwork('dense «width»'), ['unknown-name']],
  ['a word that does not fit', inNetwork('rnn 4 «sigmoid»', 'input 5x2'), ['wrong-type']],
]);

table('types and ranges', [
  ['a negative width', inNetwork('dense «-3»'), ['out-of-range']],
  ['a width of a billion', inNetwork('dense «1e9»'), ['out-of-range']],
  ['half a unit', inNetwork('dense «2.5»'), ['out-of-range']],
  ['a text for a number', inNetwork('dense «"3"»'), ['wrong-type']],
  ['a shape for a number', inNetwork('dense «2x3»'), ['wrong-type']],
  ['an activation for a number', inNetwork('dense «relu»'), ['unknown-name']],
  ['a number for an activation', inNetwork('dense 3 «4»'), ['wrong-type']],
  ['a number for a boolean', inNetwork('dense 3 bias=«0»'), ['wrong-type']],
  ['too many values', inNetwork('dense 3 relu «4»'), ['surplus-argument']],
  ['a value that is missing', inNetwork('«dense»'), ['missing-argument']],
  ['an argument of a call that is missing', inNetwork('dense 3 init=«normal»'), ['missing-argument']],
  ['a probability of 1', inNetwork('dropout «1»'), ['out-of-range']],
  ['a split above 1', `${network}data moons { split = «1.5» }\n${train}`, ['out-of-range']],
  [
    'a split that leaves nothing to train on',
    `${network}data moons { split = «0» }\n${train}`,
    ['out-of-range'],
  ],
  ['a required setting', `${network}${data}«train» { seed = 1 }`, ['missing-argument']],
  ['an argument given twice', inNetwork('dense 3 «units»=4'), ['duplicate']],
  ['a setting given twice', `${network}data moons { seed = 1, «seed» = 2 }\n${train}`, ['duplicate']],
  ['steps and epochs', `${network}${data}train { loss = mse, steps = 1, epochs = «1» }`, ['conflict']],
  [
    'nesterov without momentum',
    `${network}${data}train { loss = mse, optimizer = sgd(nesterov=«true») }`,
    ['conflict'],
  ],
  [
    'a threshold above that of exploding gradients',
    `${network}${data}${train}analyze { threshold = 10, explode = «1» }`,
    ['conflict'],
  ],
  ['a width from a let', `let width = 2.5\n${inNetwork('dense «width»')}`, ['out-of-range']],
]);

table('names', [
  ['a let that is defined twice', `let a = 1\nlet «a» = 2\n${inNetwork('dense a')}`, ['duplicate']],
  ['a let that is its own', `let «a» = a\n${inNetwork('dense a')}`, ['recursive-let']],
  [
    'two that are each other',
    `let «a» = b\nlet «b» = a\n${inNetwork('dense b')}`,
    ['recursive-let', 'recursive-let'],
  ],
  ['two networks of one name', `${sound}network «n» {\ninput 2\ndense 1\n}`, ['duplicate']],
  ['two labels of one name', inNetwork('a: dense 1\n«a»: dense 1'), ['duplicate']],
  ['two blocks of data', `${sound}«data» moons {}`, ['duplicate']],
  ['a label that does not exist', inNetwork('a: dense 2\nadd «b»'), ['unknown-label']],
  ['a label that comes later', inNetwork('dense 2\nadd «a»\na: dense 2'), ['unknown-label']],
  [
    'a label inside of a repeat',
    inNetwork('repeat 2 { a: dense 2; dense 2; add a }\nadd «a»'),
    ['unknown-label'],
  ],
]);

table('structure', [
  ['no input', `«network n» {\ndense 1\n}\n${data}${train}`, ['missing-input']],
  ['an input that is not first', `network n {\ndense 1\n«input» 2\n}\n${data}${train}`, ['misplaced']],
  ['two inputs', inNetwork('«input» 3\ndense 1'), ['duplicate']],
  ['no layers', `«network n» {\ninput 2\n}\n${data}${train}`, ['empty']],
  ['a repeat of nothing', inNetwork('repeat 2 «{» }'), ['empty']],
  ['a repeat without a block', inNetwork('dense 1\n«repeat» 2'), ['missing-block']],
  ['a block that is not wanted', inNetwork('dense 2 «{» dense 3 }'), ['misplaced']],
  ['settings inside of a repeat', inNetwork('repeat 2 { dense 2; «data» moons {} }'), ['misplaced']],
  ['no data', `«network n» {\ninput 2\ndense 1\n}\n${train}`, ['missing-block']],
  ['no training', `«network n» {\ninput 2\ndense 1\n}\n${data}`, ['missing-block']],
  ['100,000 layers', inNetwork('repeat «100000» { dense 2 }'), ['too-large']],
  ['a billion layers in a billion', inNetwork('repeat «1e9» { repeat 1e9 { dense 2 } }'), ['too-large']],
]);

table('shapes', [
  ['dense on an image', inNetwork('«dense» 3', 'input 1x8x8'), ['shape']],
  ['a recurrent layer on a vector', inNetwork('«lstm» 3'), ['shape']],
  ['a convolution on a vector', inNetwork('«conv» 3 3'), ['shape']],
  ['a kernel larger than the image', inNetwork('conv 3 «9»', 'input 1x8x8'), ['shape']],
  ['a kernel of two sizes on a sequence', inNetwork('conv 3 «3x3»', 'input 8x2'), ['shape']],
  ['padding of more than half of a window', inNetwork('maxpool 2 padding=«2»', 'input 1x8x8'), ['shape']],
  ['heads that do not divide the width', inNetwork('attention «3»', 'input 5x4'), ['shape']],
  ['numbers into an embedding', inNetwork('«embedding» 3 4'), ['shape']],
  ['tokens into a dense layer', inNetwork('«dense» 3', 'input 5 vocab=4'), ['shape']],
  ['tokens out of the vocabulary', inNetwork('embedding «3» 4', 'input 5 vocab=4'), ['shape']],
  ['a vocabulary on a sequence of vectors', inNetwork('embedding 4 4', 'input «5x2» vocab=4'), ['shape']],
  ['a sum of two shapes', inNetwork('a: dense 3\ndense 4\nadd «a»'), ['shape']],
  [
    'a join of two lengths',
    inNetwork('a: rnn 3 return=sequence\nmaxpool 2\nconcat «a»', 'input 6x2'),
    ['shape'],
  ],
  ['a residual of two shapes', inNetwork('«residual» { dense 3 }'), ['shape']],
  ['one finding for all instances', inNetwork('repeat 5 { «attention» 3 }', 'input 5'), ['shape']],
  [
    'the second instance does not fit',
    inNetwork('repeat 2 { residual { maxpool «2» padding=0 } }', 'input 1x1x2'),
    ['shape'],
  ],
]);

table('data and loss', [
  ['three inputs for moons', `network n {\n«input 3»\ndense 1\n}\n${data}${train}`, ['data-shape']],
  [
    'a vector for a sequence task',
    `network n {\n«input 5»\ndense 1\n}\ndata adding {}\ntrain { loss = mse }`,
    ['data-shape'],
  ],
  [
    'numbers for a task on tokens',
    `network n {\n«input 9»\ndense 9\n}\ndata recall {}\ntrain { loss = cross_entropy }`,
    ['data-shape'],
  ],
  [
    'one output for ten classes',
    `network n {\ninput 64\n«dense 1»\n}\ndata digits {}\ntrain { loss = cross_entropy }`,
    ['loss-shape'],
  ],
  [
    'classes wanted and numbers given',
    `network n {\ninput 2\n«dense 1»\n}\ndata linear {}\ntrain { loss = cross_entropy }`,
    ['loss-shape'],
  ],
  ['three outputs for two classes', `network n {\ninput 2\n«dense 3»\n}\n${data}${train}`, ['loss-shape']],
  [
    'two numbers where there is one',
    `network n {\ninput 2\n«dense 2»\n}\ndata sine {}\ntrain { loss = mse }`,
    ['loss-shape'],
  ],
  [
    'an answer at every step where one is wanted',
    `network n {\ninput 9 vocab=17\nembedding 17 4\n«dense 8»\n}\ndata recall {}\ntrain { loss = cross_entropy }`,
    ['loss-shape'],
  ],
  [
    'the wrong number of inline inputs',
    `network n {\n«input 2»\ndense 1\n}\ndata inline { inputs = [[1, 2, 3]], targets = [[1]], split = 1 }\ntrain { loss = mse }`,
    ['data-shape'],
  ],
]);

describe('messages', () => {
  test.each([
    [inNetwork('dense -3'), '`units` must be a whole number from 1 to 1,000,000, not -3.'],
    [inNetwork('dense 1 relo'), '`relo` is not an activation. Did you mean `relu`?'],
    [inNetwork('repeat 100000 { dense 2 }'), 'This network would have 100,000 layers; the limit is 10,000.'],
    [
      inNetwork('dense 3', 'input 1x8x8'),
      '`dense` wants a vector or a sequence, but gets an image (1x8x8). Put `flatten` in front.',
    ],
    [
      inNetwork('a: dense 3\ndense 4\nadd a'),
      '`add a` wants two equal shapes, but what arrives is a vector (4) and `a` gives a vector (3).',
    ],
    [
      `let w = 4*2\n${inNetwork('dense w')}`,
      '`*` does not belong here: a value is written out, there is no arithmetic.',
    ],
    [
      sound.replace('moons {}', "csv { path='x.csv', target = y }"),
      '`\'` does not belong here: strings stand in double quotes, as in `path = "iris.csv"`.',
    ],
  ])('of %j', (source, message) => {
    expect(check(source).diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });
});
