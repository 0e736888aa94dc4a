/** Which run speaks for a network of the text as it stands. */
import type { Session } from './session.ts';

/** The runs of one network, by the place of its header now. */
export interface NetworkRuns {
  /** The newest, running or not. */
  readonly newest: Session | undefined;
  /** The newest that has been judged: it keeps its warnings while a further one is running. */
  readonly judged: Session | undefined;
  /** The newest that has recorded anything. */
  readonly measured: Session | undefined;
}

/** The runs of the network whose header stands on this line. `lineAt` gives the line of an offset into the text. */
export function runsOfNetwork(
  sessions: readonly Session[],
  headerLine: number,
  lineAt: (offset: number) => number,
): NetworkRuns {
  const here = sessions.filter((session) => {
    const header = session.anchors.get('network');
    return header !== undefined && lineAt(header.from) === headerLine;
  });
  return {
    newest: here.at(-1),
    judged: here.findLast(({ verdict }) => verdict !== undefined),
    measured: here.findLast(({ steps }) => steps > 0),
  };
}
