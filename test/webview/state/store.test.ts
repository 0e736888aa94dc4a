import { describe, expect, it } from 'vitest';
import { Store } from '../../../webview/state/store.ts';

const add = (state: number, action: number): number => state + action;

describe('the store', () => {
  it('changes its state by actions and tells what was before', () => {
    const store = new Store(1, add);
    const heard: [number, number][] = [];
    store.subscribe((state, before) => heard.push([state, before]));
    store.dispatch(2);
    store.dispatch(3);
    expect(store.state).toBe(6);
    expect(heard).toEqual([
      [3, 1],
      [6, 3],
    ]);
  });

  it('says nothing where an action changed nothing', () => {
    const store = new Store(1, add);
    let calls = 0;
    store.subscribe(() => (calls += 1));
    store.dispatch(0);
    expect(calls).toBe(0);
  });

  it('forgets who does not listen any more', () => {
    const store = new Store(1, add);
    let calls = 0;
    const stop = store.subscribe(() => (calls += 1));
    stop();
    store.dispatch(1);
    expect(calls).toBe(0);
  });
});
