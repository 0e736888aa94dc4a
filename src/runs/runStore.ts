/**
 * The runs of every file, the newest last; ten of each are kept. The store follows the text of a file, so that a run
 * knows where its layers are and whether the text is still the one that was analyzed.
 */
import { Listeners } from './listeners.ts';
import type { RowsMessage } from '../protocol/worker.ts';
import { changeBetween, type TextChange } from './anchors.ts';
import type { Session } from './session.ts';
import type { Trial } from './trial.ts';

const runsKeptPerFile = 10;

/** Something to show has changed. */
export type RunEvent =
  | { readonly type: 'rows'; readonly session: Session; readonly rows: RowsMessage }
  /** A seed that is not shown has recorded more. */
  | { readonly type: 'progress'; readonly session: Session }
  /** A seed that is not shown has ended; others go on. */
  | { readonly type: 'seed'; readonly session: Session; readonly trial: Trial }
  /** Began, ended, judged anew, became stale, or came back from storage. */
  | { readonly type: 'state'; readonly session: Session }
  /** Runs of the file became stale by an edit, or current again by its undoing. */
  | { readonly type: 'file'; readonly file: string };

interface FileRuns {
  text: string;
  readonly sessions: Session[];
}

export class RunStore {
  private readonly files = new Map<string, FileRuns>();
  private readonly listeners = new Listeners<RunEvent>();
  readonly onDidChange = this.listeners.on;

  /** Runs of a file, oldest first. */
  of(file: string): readonly Session[] {
    return this.files.get(file)?.sessions ?? [];
  }

  find(id: string): Session | undefined {
    return this.all().find((session) => session.id === id);
  }

  all(): Session[] {
    return [...this.files.values()].flatMap(({ sessions }) => sessions);
  }

  running(): Session[] {
    return this.all().filter(({ state }) => state === 'running');
  }

  /** Takes in a new run, or one that came back from storage; `text` is the file's text as it is now. */
  add(session: Session, text = session.request.text): void {
    const { file } = session.request;
    this.followText(file, text);
    const runs = this.files.get(file) ?? { text, sessions: [] };
    this.files.set(file, runs);
    if (runs.sessions.some(({ id }) => id === session.id)) return;
    if (session.request.text !== text) {
      session.follow(session.request.text, changeBetween(session.request.text, text));
      session.stale = true;
    }
    runs.sessions.push(session);
    runs.sessions.sort((a, b) => a.request.startedAt - b.request.startedAt);
    this.forgetOldest(runs.sessions);
    this.tell({ type: 'state', session });
  }

  /** Forgets a file that is gone for good, such as an unsaved one that was closed. */
  forget(file: string): void {
    this.files.delete(file);
  }

  tell(event: RunEvent): void {
    this.listeners.tell(event);
  }

  /** The file's text is `after` now; `changes`, in the order in which they apply, say how it came there where that is known. */
  followText(file: string, after: string, changes?: readonly TextChange[]): void {
    const runs = this.files.get(file);
    if (runs === undefined || runs.text === after) return;
    let text = runs.text;
    for (const change of lead(text, after, changes)) {
      for (const session of runs.sessions) session.follow(text, change);
      text = apply(text, change);
    }
    runs.text = after;
    const before = runs.sessions.map(({ stale }) => stale);
    for (const session of runs.sessions) session.stale = session.request.text !== after;
    if (runs.sessions.some(({ stale }, index) => stale !== before[index])) this.tell({ type: 'file', file });
  }

  /** Forgets the oldest that has ended; one that is running is never forgotten. */
  private forgetOldest(sessions: Session[]): void {
    while (sessions.length > runsKeptPerFile) {
      const oldest = sessions.findIndex(({ state }) => state !== 'running');
      if (oldest < 0) return;
      sessions.splice(oldest, 1);
    }
  }
}

/** The changes if they do lead from one text to the other, otherwise the smallest one that does. */
function lead(
  before: string,
  after: string,
  changes: readonly TextChange[] | undefined,
): readonly TextChange[] {
  if (changes !== undefined && changes.reduce(apply, before) === after) return changes;
  return [changeBetween(before, after)];
}

function apply(text: string, { at, removed, inserted }: TextChange): string {
  return text.slice(0, at) + inserted + text.slice(at + removed);
}
