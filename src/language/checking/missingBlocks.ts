/** Blocks that a network lacks, and what they could be. */
import { formatShape } from '../catalogue/layers/layer.ts';
import type { Fix } from '../diagnostic.ts';
import type { DataSettings, LossName, NetworkInput, Shape } from '../network.ts';
import type { NetworkStatement, Span } from '../syntax.ts';
import type { CheckContext } from './context.ts';

/** A block that would do: the words before its brace, and its settings. */
interface Suggestion {
  readonly what: string;
  readonly opening: string;
  readonly settings: readonly string[];
}

/** Data that suits the network's input. */
export function dataSuggestion(input: NetworkInput | undefined): Suggestion {
  const shape = input?.vocabulary === undefined ? formatShape(input?.shape ?? []) : '';
  const kind = shape === '2' ? 'moons' : ['64', '8x8', '1x8x8'].includes(shape) ? 'digits' : 'gaussian';
  const samples = kind === 'digits' ? 'split = 0.8' : 'samples = 1000';
  return { what: 'data', opening: `data ${kind}`, settings: [samples] };
}

/** Training that suits the network's output and its data. */
export function trainSuggestion(output: Shape | undefined, data: DataSettings | undefined): Suggestion {
  const settings = [`loss = ${usualLoss(output, data)}`, 'optimizer = adam(lr=0.001)'];
  return { what: 'train', opening: 'train', settings };
}

/** The loss that most would take for such an output and such data. */
export function usualLoss(output: Shape | undefined, data: DataSettings | undefined): LossName {
  if (data && ['sine', 'linear', 'teacher', 'adding'].includes(data.kind)) return 'mse';
  const single = output?.length === 1 && output[0] === 1;
  return single ? 'bce_with_logits' : 'cross_entropy';
}

/** Reports a block that neither the network nor the file has. */
export function reportMissing(
  context: CheckContext,
  header: Span,
  { to, name }: NetworkStatement,
  { what, opening, settings }: Suggestion,
): void {
  const block = `${opening} {\n${settings.map((setting) => `  ${setting}\n`).join('')}}`;
  const shown = `${opening} { ${settings.join(', ')} }`;
  const fix: Fix = {
    title: `Add \`${opening} { … }\``,
    edits: [{ from: to, to, replacement: `\n\n${block}` }],
  };
  const message = `\`network ${name?.text ?? ''}\` has no \`${what}\`: expected a block such as \`${shown}\` in it or beside it.`;
  context.diagnostics.add('missing-block', header, message, { fixes: [fix] });
}
