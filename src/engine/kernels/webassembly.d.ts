/** The part of WebAssembly's interface that the engine uses: neither ECMAScript's nor Node's types declare it, and the DOM's are not for the engine. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
  }
  /** Whether the bytes are a module that this machine's WebAssembly understands. */
  function validate(bytes: Uint8Array): boolean;
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
}
