/** The parts of the written reference that list things, made from the catalogue: Markdown by the name of the part. */
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
import { rules } from './rules.ts';
import { describeArgument, signatureOf, type Form } from './service/markdown.ts';

const escaped = (text: string): string => text.replaceAll('|', '\\|');

function table(entries: readonly CatalogueEntry[], form: Form): string {
  const rows = entries.map((entry) => {
    const { summary, formula, gradient, reference } = entry;
    const what = [summary, formula === undefined ? '' : `*${formula}*`]
      .filter((part) => part !== '')
      .join(' ');
    const source = reference ? ` [${reference.title.split(',')[0]}](${reference.url})` : '';
    return `| \`${escaped(signatureOf(entry, form))}\` | ${escaped(what)}${source} | ${escaped(gradient ?? '')} |`;
  });
  return [
    '| how it is written | what it is | what it does to gradients |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function settingsOf(entry: CatalogueEntry): string {
  return entry.arguments.map((argument) => `- ${describeArgument(argument)}`).join('\n');
}

/** Kinds of data with the settings that are their own. */
function dataTable(): string {
  const common = new Set(['samples', 'seed', 'split']);
  const rows = dataKinds.map(({ name, summary, arguments: all }) => {
    const own = all
      .filter((argument) => !common.has(argument.name))
      .map((argument) => {
        const standard = argument.default === undefined ? '' : ` = ${argument.default}`;
        return `\`${argument.name}${standard}\``;
      });
    return `| \`${name}\` | ${escaped(summary)} | ${own.join(', ')} |`;
  });
  return ['| kind | what it is | settings of its own |', '| --- | --- | --- |', ...rows].join('\n');
}

function rulesTable(): string {
  const rows = Object.entries(rules).map(
    ([id, { severity, description }]) =>
      `| [\`${id}\`](rules/${id}.md) | ${severity} | ${escaped(description)} |`,
  );
  return ['| rule | severity | what is wrong |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Every generated part by its name. */
export const referenceParts: Readonly<Record<string, () => string>> = {
  structure: () => table([input, repeat], 'line'),
  layers: () => table(layers, 'line'),
  activations: () => table(activations, 'call'),
  initialisers: () => table(initialisers, 'call'),
  data: dataTable,
  losses: () => table(losses, 'call'),
  optimizers: () => table(optimizers, 'call'),
  schedules: () => table(schedules, 'call'),
  clips: () => table(clips, 'call'),
  train: () => settingsOf(train),
  analyze: () => settingsOf(analyze),
  rules: rulesTable,
};

/** A page with every part between `<!-- NAME -->` and `<!-- end -->` written anew. */
export function fillReference(page: string): string {
  return page.replaceAll(/<!-- ([a-z]+) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const part = referenceParts[name];
    if (!part) throw new Error(`The reference has no part \`${name}\``);
    return `<!-- ${name} -->\n\n${part()}\n\n<!-- end -->`;
  });
}

/** All kinds of layer on one screen: as they are written and what they are, without papers and gradients. */
function layerSummary(): string {
  const rows = layers.map((entry) => {
    const needed = entry.arguments.filter(({ required, position }) => required && position !== undefined);
    const written = [entry.name, ...needed.map(({ name }) => name.toUpperCase())].join(' ');
    return `| \`${written}\` | ${escaped(entry.summary)} |`;
  });
  return ['| layer | what it is |', '| --- | --- |', ...rows].join('\n');
}

/** The README with its table of layers written anew, between `<!-- layers: … -->` and `<!-- end of layers -->`. */
export function fillReadme(page: string): string {
  return page.replace(
    /(<!-- layers:.*? -->\n)[\s\S]*?(<!-- end of layers -->)/,
    (_, begin: string, end: string) => `${begin}\n${layerSummary()}\n\n${end}`,
  );
}
