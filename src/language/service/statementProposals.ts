import type { CatalogueEntry } from '../catalogue/entry.ts';
import { statementEntries } from '../catalogue/lookup.ts';
import { expandSnippet, snippets, snippetText } from '../catalogue/snippets.ts';
import type { CheckedFile } from '../check.ts';
import type { Proposal } from './completion.ts';

/** What can begin a statement of the file. */
export function statementProposals(file: CheckedFile): Proposal[] {
  return [...statementEntries.map((entry) => keywordProposal(entry)), ...snippetProposals(file)];
}

const bodies: Readonly<Record<string, string>> = {
  network: 'network ${1:name} {\n\tinput ${2:2}\n\t$0\n}',
  data: 'data ',
  train: 'train {\n\tloss = $0\n}',
  analyze: 'analyze {\n\t$0\n}',
  let: 'let ${1:name} = $0',
};

/** A statement with what belongs to it. */
export function keywordProposal(entry: CatalogueEntry): Proposal {
  return {
    label: entry.name,
    kind: 'keyword',
    insert: bodies[entry.name] ?? entry.name,
    snippet: true,
    detail: entry.summary,
    markdown: `${entry.summary}\n\n\`\`\`vgnet\n${entry.example ?? ''}\n\`\`\``,
    goOn: entry.name === 'data' || entry.name === 'train',
  };
}

/** Whole networks, and blocks of settings that the file does not have yet. */
function snippetProposals({ syntax }: CheckedFile): Proposal[] {
  const has = (type: string): boolean => syntax.statements.some((statement) => statement.type === type);
  const hasSettings = has('data') || has('train');
  return snippets
    .filter(({ label }) => label.startsWith('network') || !has(label.slice(0, label.indexOf(':'))))
    .map((snippet) => {
      const { label, summary } = snippet;
      const insert = snippetText(snippet, hasSettings);
      const shown = expandSnippet(insert).replaceAll('\t', '  ');
      return {
        label,
        kind: 'snippet',
        insert,
        snippet: true,
        // The label says enough, and needs the width of the list.
        detail: '',
        markdown: `${summary}\n\n\`\`\`vgnet\n${shown}\n\`\`\``,
        goOn: false,
      };
    });
}
