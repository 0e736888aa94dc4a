/** Functions to be told of something, without vscode: `vscode.EventEmitter` for code that is tested outside the editor. */
export class Listeners<Event> {
  private readonly listeners = new Set<(event: Event) => void>();

  /** Calls `listener` from now on; dispose what is returned to end that. */
  readonly on = (listener: (event: Event) => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  tell(event: Event): void {
    for (const listener of this.listeners) listener(event);
  }
}
