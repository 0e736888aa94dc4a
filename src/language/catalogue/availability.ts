/**
 * Words that the language knows and the engine cannot train yet: using one is an error that says so. An entry leaves this
 * set in the change that makes the engine able. `KIND` is a layer or a data kind, `SETTING=WORD` a setting's value.
 */
export const notBuiltYet: ReadonlySet<string> = new Set<string>();
