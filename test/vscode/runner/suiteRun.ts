/** What one run of a suite inside VS Code needs to know, wherever it runs. */
export interface SuiteRun {
  /** The module that VS Code runs. */
  readonly suite: string;
  /** The checkout whose extension is tested. */
  readonly extension: string;
  /** The folder that is open meanwhile: a copy of the examples. */
  readonly workspace: string;
  /** Everything that VS Code writes goes below this folder. */
  readonly folder: string;
  /** Set in the extension host. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds until a suite that does not end counts as stuck. */
  readonly limit: number;
}
