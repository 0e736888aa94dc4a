import type { Argument } from '../catalogue/entry.ts';
import { parse } from '../parse.ts';
import { DiagnosticList } from './diagnosticList.ts';
import { Lets } from './lets.ts';
import type { ResolvedValue } from './resolved.ts';
import { resolveValue } from './values.ts';

const known = new Map<Argument, ResolvedValue>();

/** The default of an argument as its entry writes it; undefined where there is none. Throws where the entry is wrong. */
export function defaultValue(argument: Argument): ResolvedValue | undefined {
  if (argument.default === undefined) return undefined;
  let value = known.get(argument);
  if (!value) {
    const { syntax } = parse(`let x = ${argument.default}`);
    const [statement] = syntax.statements;
    const diagnostics = new DiagnosticList();
    const lets = new Lets(argument.default, { ...syntax, statements: [] }, diagnostics);
    const context = {
      text: argument.default,
      lets,
      diagnostics,
      lineOf: () => 1,
      hasSyntaxError: () => false,
    };
    value =
      statement?.type === 'let' && statement.value
        ? resolveValue(context, argument, statement.value)
        : undefined;
    if (!value)
      throw new Error(`The default of \`${argument.name}\`, ${argument.default}, is not of its own type`);
    known.set(argument, value);
  }
  return value;
}
