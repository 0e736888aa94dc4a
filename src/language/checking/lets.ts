import { removeStatement } from '../edit/removal.ts';
import type { FileSyntax, LetStatement, Name, Value } from '../syntax.ts';
import { nodesOnCycles } from './cycles.ts';
import type { DiagnosticList } from './context.ts';

/** A value with the names of `let` replaced at its top; undefined where the `let` has none, which was reported. */
export type LetOutcome =
  { readonly found: false } | { readonly found: true; readonly value: Value | undefined };

/** The file's `let` statements: what each name stands for, and which are used. */
export class Lets {
  private readonly statements = new Map<string, LetStatement>();
  private readonly uses = new Map<LetStatement, Set<Name>>();
  private readonly recursive: ReadonlySet<LetStatement>;
  private recorder: Name[] | undefined;
  /** How often a name was found to be a `let`. */
  useCount = 0;

  constructor(text: string, syntax: FileSyntax, diagnostics: DiagnosticList) {
    for (const statement of syntax.statements) {
      if (statement.type !== 'let' || !statement.name) continue;
      const first = this.statements.get(statement.name.text)?.name;
      if (first) {
        const message = `There is another \`let ${first.text}\` already: the first one counts.`;
        diagnostics.add('duplicate', statement.name, message, {
          related: [{ ...placeOf(first), message: 'The first one.' }],
          fixes: [{ title: 'Remove the second one', edits: [removeStatement(text, statement)] }],
        });
      } else {
        this.statements.set(statement.name.text, statement);
      }
    }
    const successors = new Map<LetStatement, LetStatement[]>();
    for (const statement of this.statements.values()) {
      const names = namesIn(statement.value);
      names.forEach((name) => this.use(name));
      successors.set(
        statement,
        names.flatMap((name) => this.statements.get(name.text) ?? []),
      );
    }
    this.recursive = nodesOnCycles(successors);
    for (const { name } of this.recursive)
      diagnostics.add('recursive-let', name!, `\`${name!.text}\` is defined by itself.`);
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
    let outcome: LetOutcome = { found: false };
    let value: Value | undefined = name;
    while (value?.type === 'name') {
      const statement = this.statements.get(value.text);
      if (!statement) return outcome;
      this.use(value);
      if (this.recursive.has(statement)) return { found: true, value: undefined };
      value = statement.value;
      outcome = { found: true, value };
    }
    return outcome;
  }

  /** Runs `work` and gives the names that were looked up in it. */
  recording<Result>(work: () => Result): { readonly result: Result; readonly names: readonly Name[] } {
    const names: Name[] = [];
    this.recorder = names;
    const result = work();
    this.recorder = undefined;
    return { result, names };
  }

  /** Counts uses that an earlier check has found. */
  addUses(names: readonly Name[]): void {
    names.forEach((name) => this.use(name));
  }

  /** Every definition with the names that refer to it. */
  get all(): { readonly statement: LetStatement; readonly uses: readonly Name[] }[] {
    return [...this.statements.values()].map((statement) => ({
      statement,
      uses: [...(this.uses.get(statement) ?? [])],
    }));
  }

  private use(name: Name): void {
    const statement = this.statements.get(name.text);
    if (!statement) return;
    this.recorder?.push(name);
    this.useCount++;
    const uses = this.uses.get(statement);
    if (uses) uses.add(name);
    else this.uses.set(statement, new Set([name]));
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
