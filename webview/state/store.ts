/** Holds the one state, changes it by actions only, and tells whoever asked. */
export class Store<State, Action> {
  private current: State;
  private readonly reduce: (state: State, action: Action) => State;
  private readonly listeners = new Set<(state: State, before: State) => void>();

  constructor(initial: State, reduce: (state: State, action: Action) => State) {
    this.current = initial;
    this.reduce = reduce;
  }

  get state(): State {
    return this.current;
  }

  /** Applies an action; listeners hear of it only if it changed something. */
  dispatch(action: Action): void {
    const before = this.current;
    this.current = this.reduce(before, action);
    if (this.current === before) return;
    for (const listener of this.listeners) listener(this.current, before);
  }

  /** Calls `listener` after every change; the answer ends that. */
  subscribe(listener: (state: State, before: State) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
