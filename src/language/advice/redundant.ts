/** What stands in the text and does nothing. */
import type { CheckContext } from '../checking/context.ts';
import type { PreparedLine } from '../checking/preparedLines.ts';
import type { LayerStep } from '../checking/steps.ts';
import { labelsOf } from '../namedThing.ts';
import type { LayerLine, Name } from '../syntax.ts';
import { removeStatement } from '../edit/removal.ts';
import { setArgument } from '../checking/lineFixes.ts';
import { argumentSpan, type Subject } from './subject.ts';

/** Biases that a batch normalisation right behind them takes away again. */
export function adviseOnBias({ steps, plans, context }: Subject): void {
  if (!plans.some(({ kind }) => kind === 'batchnorm')) return;
  let takers: readonly number[] | undefined;
  for (const next of steps) {
    const before = next.flow.plan.kind === 'batchnorm' ? steps[next.main] : undefined;
    const plan = before?.flow.plan;
    if (!before || (plan?.kind !== 'dense' && plan?.kind !== 'conv')) continue;
    if (!plan.bias || plan.activation.name !== 'linear') continue;
    takers ??= countTakers(steps);
    const { prepared } = before;
    if (takers[before.index] > 1 || !prepared.sound) continue;
    const message = 'The `batchnorm` behind subtracts the mean, and this bias with it: its gradient is 0.';
    context.diagnostics.add('cancelled-bias', argumentSpan(prepared, 'bias'), message, {
      fixes: [setArgument(prepared, 'bias', 'false')],
    });
  }
}

/** How many layers take the output of each. */
function countTakers(steps: readonly LayerStep[]): number[] {
  const takers = steps.map(() => 0);
  for (const { main, second } of steps) {
    if (main >= 0) takers[main]++;
    if (second !== undefined && second >= 0 && second !== main) takers[second]++;
  }
  return takers;
}

/** Labels that name nothing: on an `input` that no `add` takes, and on the one layer of a labelled `repeat`. */
export function adviseOnLabels({ analysis, block, context }: Subject): void {
  const silent = silentLabels(block?.lines ?? [], block?.input?.line);
  if (silent.length === 0) return;
  const used = new Set(
    labelsOf(analysis.statement)
      .filter(({ uses }) => uses.length > 0)
      .map(({ name }) => name),
  );
  for (const { label, reason } of silent) {
    if (used.has(label.text)) continue;
    const end = /^\s*:[ \t]*/.exec(context.text.slice(label.to))![0].length;
    const edits = [{ from: label.from, to: label.to + end, replacement: '' }];
    context.diagnostics.add('unused-label', label, `The label \`${label.text}\` is used nowhere${reason}.`, {
      unnecessary: true,
      fixes: [{ title: `Remove \`${label.text}:\``, edits }],
    });
  }
}

interface SilentLabel {
  readonly label: Name;
  readonly reason: string;
}

function silentLabels(lines: readonly PreparedLine[], input: LayerLine | undefined): SilentLabel[] {
  const found: SilentLabel[] = input?.label ? [{ label: input.label, reason: '' }] : [];
  for (const prepared of lines) {
    if (!prepared.body) continue;
    const [only] = prepared.body;
    const single = prepared.body.length === 1 && only?.type === 'layer' && !only.body;
    if (prepared.type === 'repeat' && prepared.line.label && single && only.line.label) {
      const name = prepared.line.label.text;
      found.push({
        label: only.line.label,
        reason: `: the instances are called \`${name}[1]\`, \`${name}[2]\` …`,
      });
    }
    found.push(...silentLabels(prepared.body, undefined));
  }
  return found;
}

/** Definitions that nothing refers to. */
export function adviseOnLets(context: CheckContext): void {
  for (const { statement, uses } of context.lets.all) {
    if (uses.length > 0) continue;
    const { text } = statement.name!;
    context.diagnostics.add('unused-let', statement.name!, `\`let ${text}\` is used nowhere.`, {
      unnecessary: true,
      fixes: [{ title: `Remove \`let ${text}\``, edits: [removeStatement(context.text, statement)] }],
    });
  }
}
