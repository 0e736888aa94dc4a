/** The way to the extension's host. */
import type { FromView, ToView } from '../../src/protocol/view.ts';

export interface Host {
  post(message: FromView): void;
  /** What `remember` kept, also after the page was thrown away. */
  remembered(): unknown;
  remember(choices: unknown): void;
  listen(hear: (message: ToView) => void): void;
}

/** Every message of the protocol; the compiler misses one that is left out. */
const known: Readonly<Record<ToView['type'], true>> = {
  'snapshot': true,
  'run': true,
  'append': true,
  'seeds': true,
  'highlight': true,
  'select-run': true,
};
const knownTypes: ReadonlySet<unknown> = new Set(Object.keys(known));

/** Connects to VS Code. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    remembered: () => api.getState(),
    remember: (choices) => api.setState(choices),
    listen: (hear) => {
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isMessage(data)) hear(data);
      });
    },
  };
}

/** Other things are posted to windows too, and a newer host may say more than this page knows: both are passed over. */
export function isMessage(data: unknown): data is ToView {
  return typeof data === 'object' && data !== null && knownTypes.has(Reflect.get(data, 'type'));
}
