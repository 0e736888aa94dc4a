import { removeStatement } from '../edit/removal.ts';
import type { FileSyntax, LetStatement, Name, Span, Value } from '../syntax.ts';
import { nodesOnCycles } from './cycles.ts';
import type { DiagnosticList } from './diagnosticList.ts';

/** A value with the names of `let` replaced at its top; undefined where the `let` has none, which was reported. */
export type LetOutcome =
  { readonly found: false } | { readonly found: true; readonly value: Value | undefined };

/** The file's `let` statements: what each name stands for, and which are used. */
export class Lets {
  private readonly statements = new Map<string, LetStatement>();
  private readonly uses = new Map<LetStatement, Set<Name>>();
  private readonly recursive: ReadonlySet<LetStatement>;
  private readonly asked: Name[] = [];
  /** How often it was asked whether a name is that of a `let`. */
  askCount = 0;
  /** Two files have the same number here only if their `let` statements say the same. */
  readonly version: number;

  constructor(text: string, syntax: FileSyntax, diagnostics: DiagnosticList) {
    const written: string[] = [];
    for (const statement of syntax.statements) {
      if (statement.type !== 'let' || !statement.name) continue;
      written.push(text.slice(statement.from, statement.to));
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
    this.version = versionOf(written.join('\n'));
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
    this.asked.push(name);
    this.askCount++;
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

  /** Runs `work` and gives the names within `span` that were looked up in it, whether there is such a `let` or not. */
  recording<Result>(
    span: Span,
    work: () => Result,
  ): { readonly result: Result; readonly names: readonly Name[] } {
    const begin = this.asked.length;
    const result = work();
    // A value may stand in a `let`, with names of its own.
    const names = this.asked.splice(begin).filter(({ from, to }) => span.from <= from && to <= span.to);
    this.asked.push(...names);
    return { result, names };
  }

  /** Notes names that an earlier check has looked up. */
  lookUpAgain(names: readonly Name[]): void {
    for (const name of names) {
      this.asked.push(name);
      this.askCount++;
      this.use(name);
    }
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
    const uses = this.uses.get(statement);
    if (uses) uses.add(name);
    else this.uses.set(statement, new Set([name]));
  }
}

/** Text of `let` statements, the latest, and how many different ones there were. */
const latest = { written: '', version: 0 };

function versionOf(written: string): number {
  if (written !== latest.written) {
    latest.written = written;
    latest.version++;
  }
  return latest.version;
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
