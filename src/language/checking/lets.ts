import type { FileSyntax, LetStatement, Name, Value } from '../syntax.ts';
import type { DiagnosticList } from './context.ts';

/** A value with the names of `let` replaced at its top; undefined where the `let` has none, which was reported. */
export type LetOutcome =
  { readonly found: false } | { readonly found: true; readonly value: Value | undefined };

/** The file's `let` statements: what each name stands for, and which are used. */
export class Lets {
  private readonly statements = new Map<string, LetStatement>();
  private readonly uses = new Map<LetStatement, Name[]>();
  private readonly recursive = new Set<LetStatement>();

  constructor(syntax: FileSyntax, diagnostics: DiagnosticList) {
    for (const statement of syntax.statements) {
      if (statement.type !== 'let' || !statement.name) continue;
      const first = this.statements.get(statement.name.text)?.name;
      if (first) {
        const message = `There is another \`let ${first.text}\` already: the first one counts.`;
        diagnostics.add('duplicate', statement.name, message, {
          related: [{ ...placeOf(first), message: 'The first one.' }],
        });
      } else {
        this.statements.set(statement.name.text, statement);
      }
    }
    for (const statement of this.statements.values()) {
      for (const name of namesIn(statement.value)) this.use(name);
      this.findRecursion(statement, diagnostics);
    }
  }

  /** The names that are defined. */
  get names(): Iterable<string> {
    return this.statements.keys();
  }

  /** The definition of a name, without counting as a use. */
  definition(name: string): LetStatement | undefined {
    return this.statements.get(name);
  }

  /** What a name stands for, through as many `let` as it takes. */
  lookUp(name: Name): LetOutcome {
    const statement = this.statements.get(name.text);
    if (!statement) return { found: false };
    this.use(name);
    if (this.recursive.has(statement)) return { found: true, value: undefined };
    const { value } = statement;
    if (value?.type !== 'name') return { found: true, value };
    const inner = this.lookUp(value);
    return inner.found ? inner : { found: true, value };
  }

  /** Every definition with the names that refer to it. */
  get all(): { readonly statement: LetStatement; readonly uses: readonly Name[] }[] {
    return [...this.statements.values()].map((statement) => ({
      statement,
      uses: this.uses.get(statement) ?? [],
    }));
  }

  private use(name: Name): void {
    const statement = this.statements.get(name.text);
    if (!statement) return;
    const uses = this.uses.get(statement);
    if (!uses) this.uses.set(statement, [name]);
    else if (!uses.includes(name)) uses.push(name);
  }

  private findRecursion(start: LetStatement, diagnostics: DiagnosticList): void {
    const visited = new Set<LetStatement>();
    const reaches = (statement: LetStatement): boolean =>
      namesIn(statement.value).some((name) => {
        const next = this.statements.get(name.text);
        if (!next || visited.has(next)) return next === start;
        visited.add(next);
        return next === start || reaches(next);
      });
    if (!reaches(start)) return;
    this.recursive.add(start);
    const message = `\`${start.name!.text}\` is defined by itself.`;
    diagnostics.add('recursive-let', start.name!, message);
  }
}

/** The names that a value is made of, callees left out. */
function namesIn(value: Value | undefined): Name[] {
  switch (value?.type) {
    case 'name':
      return [value];
    case 'list':
      return value.items.flatMap(namesIn);
    case 'call':
      return [...value.positional, ...value.named.map((argument) => argument.value)].flatMap(namesIn);
    default:
      return [];
  }
}

const placeOf = ({ from, to }: Name): { from: number; to: number } => ({ from, to });
