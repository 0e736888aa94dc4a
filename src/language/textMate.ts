/** The TextMate grammar, made from the catalogue's words: what an editor colours by before anything is checked. */
import { activations } from './catalogue/activations.ts';
import { dataKinds } from './catalogue/dataKinds.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { initialisers } from './catalogue/initialisers.ts';
import { layers } from './catalogue/layers.ts';
import { losses } from './catalogue/losses.ts';
import { optimizers } from './catalogue/optimizers.ts';
import { clips, schedules } from './catalogue/schedules.ts';
import { analyze, train } from './catalogue/settings.ts';
import { input, repeat } from './catalogue/structure.ts';

const blocks = new Set(['repeat', 'residual']);

const wordsOf = (entries: readonly CatalogueEntry[]): string =>
  [...new Set(entries.flatMap(({ name, aliases = [] }) => [name, ...aliases]))].sort().join('|');

/** The words that arguments choose among: `last`, `standard`, `float64`. */
function choicesOf(entries: readonly CatalogueEntry[]): string {
  const choices = entries.flatMap((entry) =>
    entry.arguments.flatMap(({ type }) =>
      type.type === 'word' || type.type === 'integer' ? (type.words ?? []) : [],
    ),
  );
  return [...new Set(choices)].sort().join('|');
}

/** The grammar as the object that `media/vgnet.tmLanguage.json` holds. */
export function textMateGrammar(): object {
  const lines = [input, repeat, ...layers];
  const structure = wordsOf(lines.filter(({ name }) => blocks.has(name) || name === input.name));
  const kinds = wordsOf(lines.filter(({ name }) => !blocks.has(name) && name !== input.name));
  const functions = wordsOf([
    ...activations,
    ...initialisers,
    ...losses,
    ...optimizers,
    ...schedules,
    ...clips,
  ]);
  const constants = choicesOf([...lines, ...dataKinds, train, analyze]);
  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'VGNet',
    scopeName: 'source.vgnet',
    patterns: [
      { include: '#comment' },
      { include: '#string' },
      { include: '#let' },
      { include: '#network' },
      { include: '#settings' },
      { include: '#label' },
      { include: '#layer' },
      { include: '#argument' },
      { include: '#number' },
      { include: '#word' },
      { include: '#punctuation' },
    ],
    repository: {
      comment: { name: 'comment.line.number-sign.vgnet', match: '#.*$' },
      string: {
        name: 'string.quoted.double.vgnet',
        begin: '"',
        end: '"|$',
        captures: { 0: { name: 'punctuation.definition.string.vgnet' } },
      },
      let: {
        match: '\\b(let)\\s+([A-Za-z_]\\w*)\\s*(=)?',
        captures: {
          1: { name: 'keyword.other.let.vgnet' },
          2: { name: 'variable.other.constant.vgnet' },
          3: { name: 'keyword.operator.assignment.vgnet' },
        },
      },
      network: {
        match: '\\b(network)\\s+([A-Za-z_]\\w*)',
        captures: {
          1: { name: 'keyword.control.network.vgnet' },
          2: { name: 'entity.name.type.network.vgnet' },
        },
      },
      settings: {
        patterns: [
          {
            match: `\\b(data)\\s+(${wordsOf(dataKinds)})\\b`,
            captures: { 1: { name: 'keyword.control.data.vgnet' }, 2: { name: 'support.type.data.vgnet' } },
          },
          { name: 'keyword.control.settings.vgnet', match: '\\b(data|train|analyze)\\b(?=[^=\\n]*\\{)' },
        ],
      },
      label: {
        match: '([A-Za-z_]\\w*)\\s*(:)',
        captures: {
          1: { name: 'entity.name.label.vgnet' },
          2: { name: 'punctuation.separator.label.vgnet' },
        },
      },
      layer: {
        patterns: [
          { name: 'keyword.control.structure.vgnet', match: `\\b(${structure})\\b(?!\\s*[=:(])` },
          { name: 'support.type.layer.vgnet', match: `\\b(${kinds})\\b(?!\\s*[=:(])` },
        ],
      },
      argument: {
        match: '([A-Za-z_]\\w*)\\s*(=)',
        captures: {
          1: { name: 'variable.parameter.vgnet' },
          2: { name: 'keyword.operator.assignment.vgnet' },
        },
      },
      number: {
        patterns: [
          { name: 'constant.numeric.shape.vgnet', match: '(?<![\\w.])\\d+(x\\d+)+(?![\\w.])' },
          {
            name: 'constant.numeric.vgnet',
            match: '(?<![\\w.])-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?(?![\\w.])',
          },
        ],
      },
      word: {
        patterns: [
          { name: 'constant.language.boolean.vgnet', match: '\\b(true|false)\\b' },
          { name: 'support.function.vgnet', match: `\\b(${functions})\\b` },
          { name: 'support.constant.vgnet', match: `\\b(${constants})\\b` },
          { name: 'variable.other.vgnet', match: '\\b[A-Za-z_]\\w*\\b' },
        ],
      },
      punctuation: {
        patterns: [
          { name: 'punctuation.section.block.vgnet', match: '[{}]' },
          { name: 'punctuation.section.brackets.vgnet', match: '[()\\[\\]]' },
          { name: 'punctuation.separator.vgnet', match: '[,;]' },
        ],
      },
    },
  };
}
