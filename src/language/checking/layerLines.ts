/** A network's lines on their own, before anything flows through them: kinds, arguments, labels, size. */
import { notBuiltYet } from '../catalogue/availability.ts';
import type { CatalogueEntry } from '../catalogue/entry.ts';
import { layers } from '../catalogue/layers.ts';
import type { LayerEntry } from '../catalogue/layers/layer.ts';
import { input as inputEntry, repeat as repeatEntry } from '../catalogue/structure.ts';
import type { Fix } from '../diagnostic.ts';
import { moveBehind, moveInFront, unwrapBlock } from '../edit/moves.ts';
import { headEnd, removeStatement } from '../edit/removal.ts';
import type { LayerBlock, LayerLine, Name, SettingsBlock } from '../syntax.ts';
import { checkRequired, isMeant, isPlaced, resolveWritten } from './arguments.ts';
import { KnownLines } from '../incremental/knownLines.ts';
import { originOf } from '../incremental/shift.ts';
import type { CheckContext } from './context.ts';
import { sizeOf, type PreparedBlock, type PreparedLine } from './preparedLines.ts';
import { recallLine, rememberLine } from './remembered.ts';
import { ResolvedArguments } from './resolved.ts';
import { fillBlock, wrapBody } from './lineFixes.ts';
import { completeLine } from './missing.ts';
import { renumber } from './replacement.ts';
import { describeUnknownKind } from './unknownKind.ts';

const byName: ReadonlyMap<string, LayerEntry> = new Map(layers.map((entry) => [entry.name, entry]));

interface Resolved {
  readonly resolved: ResolvedArguments | undefined;
  readonly sound: boolean;
}

/** Types of arguments that have no part in what shape comes out: a slip in one of them says nothing about later lines. */
const shapeless: ReadonlySet<string> = new Set(['activation', 'initialiser']);

/** Reads the lines of one network. */
export class LineReader {
  private readonly context: CheckContext;
  private readonly block: LayerBlock;
  private readonly labels = new Map<string, Name>();
  private allLabels: ReadonlySet<string> | undefined;
  /** The latest label that a line can take the output of. */
  private takeable: string | undefined;
  private ok = true;
  private input: PreparedBlock['input'];

  constructor(context: CheckContext, block: LayerBlock) {
    this.context = context;
    this.block = block;
  }

  /** Reads the block; what an earlier check has read of its lines is taken over. */
  read(before?: PreparedBlock): PreparedBlock {
    const lines = this.readLines(this.block.lines, true, new KnownLines(before?.lines));
    const labels = new Set(this.labels.keys());
    return { input: this.input, lines, labels, size: sizeOf(lines), ok: this.ok };
  }

  private readLines(
    lines: readonly (LayerLine | SettingsBlock)[],
    outermost: boolean,
    known = new KnownLines(),
  ): PreparedLine[] {
    const prepared: PreparedLine[] = [];
    const around = this.takeable;
    for (const line of lines) {
      if (line.type !== 'layer') {
        if (!outermost) this.reportSettings(line);
      } else if (originOf(line).kind.text === inputEntry.name) {
        this.readInput(line, outermost && prepared.length === 0);
      } else prepared.push(this.readOrRecall(line, known));
      if (line.type === 'layer') this.takeable = originOf(line).label?.text ?? this.takeable;
    }
    // Of a layer inside of a block there may be several.
    if (!outermost) this.takeable = around;
    return prepared;
  }

  private readOrRecall(line: LayerLine, known: KnownLines): PreparedLine {
    const { diagnostics, lets } = this.context;
    const [findings, asked] = [diagnostics.count, lets.askCount];
    const same = known.at(line);
    if (same) this.checkLabels(same);
    const prepared = same ?? this.readLine(line);
    if (prepared.type === 'unknown') return prepared;
    const lasting = findings === diagnostics.count && asked === lets.askCount;
    return prepared.lasting === lasting ? prepared : { ...prepared, lasting };
  }

  /** Notes the labels of a line and its body that are not read again. */
  private checkLabels(prepared: PreparedLine): void {
    this.checkLabel(prepared.line);
    if (prepared.type !== 'unknown') prepared.body?.forEach((inner) => this.checkLabels(inner));
  }

  private readInput(line: LayerLine, first: boolean): void {
    this.checkLabel(line);
    this.forbidBlock(line);
    if (this.input) {
      const related = [{ from: this.input.line.from, to: this.input.line.to, message: 'The first one.' }];
      const edits = [removeStatement(this.context.text, line)];
      this.fail('duplicate', line.kind, 'A network has one `input`.', {
        related,
        fixes: [{ title: 'Remove the second one', edits }],
      });
      return;
    }
    if (!first) {
      const edits = moveInFront(this.context.text, line, this.block.lines[0]);
      const fixes = [{ title: 'Move `input` to the first line', edits }];
      this.fail('misplaced', line.kind, '`input` is the first line of a network.', { fixes });
    }
    const { resolved } = this.resolve(inputEntry, line);
    if (resolved) {
      const vocabulary = resolved.spanOf('vocab');
      if (vocabulary && resolved.sizes('shape')!.length !== 1) {
        const message =
          'Token indices come as one sequence: expected one number of time steps, as in `input 64 vocab=27`.';
        this.fail('shape', resolved.spanOf('shape') ?? line.kind, message);
        this.input = { line, arguments: undefined };
        return;
      }
    } else this.ok = false;
    this.input = { line, arguments: resolved };
  }

  private readLine(line: LayerLine): PreparedLine {
    this.checkLabel(line);
    const { text } = line.kind;
    if (text === repeatEntry.name && !line.block) {
      // What follows the number was probably meant to be the body: nothing more is said about it.
      this.readBody(line, wrapBody(this.context.text, line));
      return { type: 'unknown', line, meant: undefined, body: [] };
    }
    if (text === repeatEntry.name) {
      const { resolved } = this.resolve(repeatEntry, line);
      const body = this.readBody(line);
      return { type: 'repeat', line, count: resolved?.integer('count'), body, lasting: true };
    }
    const entry = byName.get(text);
    if (!entry) {
      const unknown = text === '' ? undefined : describeUnknownKind(line);
      if (unknown) this.fail('unknown-word', line.kind, unknown.message, { fixes: unknown.fixes });
      const body = line.block ? this.readLines(line.block.lines, false) : [];
      return { type: 'unknown', line, meant: byName.get(unknown?.meant ?? text), body };
    }
    if (notBuiltYet.has(entry.name)) {
      this.fail(
        'not-built-yet',
        line.kind,
        `\`${entry.name}\` is specified but not built yet: it cannot be trained.`,
      );
    }
    const { resolved, sound } = this.resolve(entry, line);
    const body = entry.block ? this.readBody(line) : undefined;
    if (!entry.block) this.forbidBlock(line);
    return { type: 'layer', line, entry, arguments: resolved, sound, body, lasting: true };
  }

  private readBody(line: LayerLine, fixes: readonly Fix[] = []): readonly PreparedLine[] {
    const { kind, block } = line;
    if (!block) {
      this.fail(
        'missing-block',
        kind,
        `Expected \`{ … }\` with layers behind \`${kind.text}\`, as in \`${kind.text === 'repeat' ? 'repeat 8' : kind.text} { dense 16 relu }\`.`,
        { fixes },
      );
      return [];
    }
    const body = this.readLines(block.lines, false);
    if (body.length === 0)
      this.fail(
        'empty',
        { from: block.from, to: block.from + 1 },
        `The block of \`${kind.text}\` has no layers.`,
        { fixes: [fillBlock(this.context.text, block)] },
      );
    return body;
  }

  private reportSettings(settings: SettingsBlock): void {
    const { type, keyword, from, to } = settings;
    const { lines } = this.block;
    const home = lines.find((line) => line.from <= from && to <= line.to);
    const edits =
      home && !lines.some((line) => line.type === type)
        ? moveBehind(this.context.text, settings, home)
        : undefined;
    const message = `\`${type}\` belongs into the network itself, not into a block of its layers.`;
    this.fail('misplaced', keyword, message, {
      fixes: edits ? [{ title: `Move \`${type}\` into the network itself`, edits }] : [],
    });
  }

  private forbidBlock(line: LayerLine): void {
    const { kind, block } = line;
    if (!block) return;
    const edits = [unwrapBlock(this.context.text, line, headEnd(line), block)];
    const fixes = this.context.hasSyntaxError(block) ? [] : [{ title: 'Remove the braces', edits }];
    const place = { from: block.from, to: block.from + 1 };
    this.fail('misplaced', place, `\`${kind.text}\` takes no block.`, { fixes });
  }

  private resolve(entry: CatalogueEntry, line: LayerLine): Resolved {
    const { from } = line.kind;
    const text = this.context.text.slice(from, line.block?.from ?? line.to);
    const { lets } = this.context;
    const known = recallLine(text, from, lets);
    if (known) return { resolved: known, sound: true };
    const { result, names } = lets.recording(line, () => this.resolveAnew(entry, line));
    const { resolved, sound } = result;
    if (resolved && sound && !this.context.hasSyntaxError(line))
      rememberLine(text, from, resolved, names, lets);
    return result;
  }

  private resolveAnew(entry: CatalogueEntry, line: LayerLine): Resolved {
    const { values, ok } = resolveWritten(this.context, entry, line);
    const present = (name: string): boolean =>
      values.has(name) ||
      isPlaced(entry, line, name) ||
      line.named.some((argument) => argument.name.text === name) ||
      isMeant(line, entry, name);
    const complete = checkRequired(this.context, entry, present, {
      what: entry.name,
      at: line.kind,
      statement: line,
      complete: completeLine(entry, line, this.takeable),
    });
    const sound = ok && complete;
    if (!sound) this.ok = false;
    const wrong = entry.arguments.filter(({ name }) => present(name) && !values.has(name));
    const tellsShape = complete && wrong.every(({ type }) => shapeless.has(type.type));
    return { resolved: tellsShape ? new ResolvedArguments(entry, values) : undefined, sound };
  }

  private checkLabel({ label }: LayerLine): void {
    if (!label) return;
    const first = this.labels.get(label.text);
    if (!first) {
      this.labels.set(label.text, label);
      return;
    }
    const related = [{ from: first.from, to: first.to, message: 'The first one.' }];
    this.allLabels ??= new Set(labelsIn(this.block));
    this.fail('duplicate', label, `The label \`${label.text}\` is there twice in this network.`, {
      related,
      fixes: [renumber(label, this.allLabels)],
    });
  }

  private fail(...finding: Parameters<CheckContext['diagnostics']['add']>): void {
    this.context.diagnostics.add(...finding);
    this.ok = false;
  }
}

function labelsIn({ lines }: LayerBlock): string[] {
  return lines.flatMap((line) =>
    line.type === 'layer'
      ? [...(line.label ? [line.label.text] : []), ...(line.block ? labelsIn(line.block) : [])]
      : [],
  );
}
