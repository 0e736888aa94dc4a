/** The command line as a function of its arguments and its surroundings. */
import { analyze, analyzeUsage } from './analyze.ts';
import { check, checkUsage } from './check.ts';
import { diff, diffUsage } from './diff.ts';
import { exportNetworks, exportUsage } from './export.ts';
import { fix, fixUsage } from './fix.ts';
import { format, formatUsage } from './format.ts';
import { predict, predictUsage } from './predict.ts';
import { exitCodes, InputError, type ExitCode, type Surroundings } from './surroundings.ts';

interface Command {
  readonly usage: string;
  readonly run: (commandLine: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;
}

const commands: Readonly<Record<string, Command>> = {
  analyze: { usage: analyzeUsage, run: analyze },
  predict: { usage: predictUsage, run: predict },
  check: { usage: checkUsage, run: check },
  fix: { usage: fixUsage, run: fix },
  export: { usage: exportUsage, run: exportNetworks },
  diff: { usage: diffUsage, run: diff },
  format: { usage: formatUsage, run: format },
};

/** First lines of every command's usage. */
function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage.split('\n')[0]}`);
  return `Usage:\n\n${lines.join('\n')}\n\nvgnet COMMAND --help says more, vgnet --version which one this is.\n`;
}

/** Runs one command; its exit code. */
export async function vgnet(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const [name, ...rest] = commandLine;
  if (name === '--help' || name === '-h' || name === 'help') {
    surroundings.write(usage());
    return exitCodes.done;
  }
  if (name === '--version') {
    surroundings.write(`${surroundings.version()}\n`);
    return exitCodes.done;
  }
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (command === undefined) {
    const what =
      name === undefined ? 'A command is missing.' : `There is no command ${JSON.stringify(name)}.`;
    surroundings.writeError(`${what}\n\n${usage()}`);
    return exitCodes.wrongInput;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    surroundings.write(command.usage);
    return exitCodes.done;
  }
  try {
    return await command.run(rest, surroundings);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    surroundings.writeError(`${error.message.trimEnd()}\n`);
    return exitCodes.wrongInput;
  }
}
