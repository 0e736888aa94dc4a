import { describe, expect, it } from 'vitest';
import { RunStore } from '../../src/runs/runStore.ts';
import { runsOfNetwork } from '../../src/runs/latest.ts';
import { sessionOf, text, vanishingSession } from './madeUp.ts';

const file = 'file:///n.vgnet';

function lineAt(of: string): (offset: number) => number {
  return (offset) => of.slice(0, offset).split('\n').length - 1;
}

describe('the runs of a file', () => {
  it('are kept to the last ten, and never lose one that is running', () => {
    const store = new RunStore();
    const running = sessionOf('running');
    store.add(running);
    for (let run = 0; run < 12; run += 1) store.add(vanishingSession(`ended ${run}`));
    const ids = store.of(file).map(({ id }) => id);
    expect(ids).toHaveLength(10);
    expect(ids).toContain('running');
    expect(ids).toContain('ended 11');
    expect(ids).not.toContain('ended 0');
  });

  it('are stale while the text is another one, and current again when the edit is undone', () => {
    const store = new RunStore();
    const session = vanishingSession();
    store.add(session);
    store.followText(file, `# above\n${text}`, [{ at: 0, removed: 0, inserted: '# above\n' }]);
    expect(session.stale).toBe(true);
    store.followText(file, text, [{ at: 0, removed: '# above\n'.length, inserted: '' }]);
    expect(session.stale).toBe(false);
    expect(session.anchors.get('network')).toEqual({ from: 0, to: 'network n'.length });
  });

  it('tell of staleness once, not at every key', () => {
    const store = new RunStore();
    store.add(vanishingSession());
    const events: string[] = [];
    store.onDidChange(({ type }) => events.push(type));
    store.followText(file, `${text} `);
    store.followText(file, `${text}  `);
    store.followText(file, text);
    expect(events).toEqual(['file', 'file']);
  });

  it('follow the text also where nobody said how it changed, as after the file was closed', () => {
    const store = new RunStore();
    const session = vanishingSession();
    store.add(session);
    const now = `# a comment\n\n${text}`;
    store.followText(file, now);
    const header = session.anchors.get('network');
    expect(header && now.slice(header.from, header.to)).toBe('network n');
  });

  it('follow the text where the changes that were told do not lead to it', () => {
    const store = new RunStore();
    const session = vanishingSession();
    store.add(session);
    const now = `\n${text}`;
    store.followText(file, now, [{ at: 3, removed: 1, inserted: 'nonsense' }]);
    const header = session.anchors.get('network');
    expect(header && now.slice(header.from, header.to)).toBe('network n');
  });

  it('that come back from storage stand where the text is now, once', () => {
    const store = new RunStore();
    const now = `# new\n${text}`;
    const session = vanishingSession();
    store.add(session, now);
    store.add(vanishingSession(), now);
    expect(store.of(file)).toHaveLength(1);
    expect(session.stale).toBe(true);
    expect(session.anchors.get('network')?.from).toBe('# new\n'.length);
  });
});

describe('the runs of a network', () => {
  it('are found by where its header stands now', () => {
    const store = new RunStore();
    const judged = vanishingSession('judged');
    const running = sessionOf('running');
    store.add(judged);
    store.add(running);
    const now = `\n\n${text}`;
    store.followText(file, now);
    expect(runsOfNetwork(store.of(file), 2, lineAt(now))).toEqual({
      newest: running,
      judged,
      measured: judged,
    });
    expect(runsOfNetwork(store.of(file), 0, lineAt(now))).toEqual({
      newest: undefined,
      judged: undefined,
      measured: undefined,
    });
  });
});
