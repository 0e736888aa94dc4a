import type { PreparedLine } from '../checking/preparedLines.ts';
import type { LayerLine } from '../syntax.ts';
import { originOf } from './shift.ts';

/** How many lines that are gone are passed over in search of the next that is still there. */
const reach = 16;

/** The lines of a block as an earlier check has read them, asked for one after the other. */
export class KnownLines {
  private readonly lines: readonly PreparedLine[];
  private next = 0;

  constructor(lines: readonly PreparedLine[] = []) {
    this.lines = lines;
  }

  /** What was read of this line, where it stands now; undefined where it has to be read again. */
  at(line: LayerLine): PreparedLine | undefined {
    const origin = originOf(line);
    for (let index = this.next; index < Math.min(this.next + reach, this.lines.length); index++) {
      const known = this.lines[index];
      if (originOf(known.line) !== origin) continue;
      this.next = index + 1;
      return known.type !== 'unknown' && known.lasting ? moveTo(line, known) : undefined;
    }
    return undefined;
  }
}

type Lasting = Exclude<PreparedLine, { type: 'unknown' }>;

function moveTo(line: LayerLine, known: Lasting): PreparedLine {
  if (known.line === line) return known;
  const delta = line.from - known.line.from;
  const lines = (line.block?.lines ?? []).filter((inner) => inner.type === 'layer');
  const moveBody = (body: readonly PreparedLine[]): readonly PreparedLine[] =>
    body.map((inner, index) => (inner.type === 'unknown' ? inner : moveTo(lines[index], inner)));
  return known.type === 'repeat'
    ? { ...known, line, body: moveBody(known.body) }
    : { ...known, line, arguments: known.arguments?.moved(delta), body: known.body && moveBody(known.body) };
}
