import { parseArgs } from 'node:util';
import { type Colors, colorsFor } from './colors.js';
import { type ExitCode, exitCodes, UserError } from './errors.js';

type OptionType = { type: 'string' | 'boolean'; multiple?: boolean };

export interface CommandOption extends OptionType {
  /** What stands for the value in the help, e.g. `FILE`. */
  value?: string;
  help: string;
}

export interface CommandContext {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** Colours for what goes to standard output, and to standard error. */
  outColors: Colors;
  errColors: Colors;
}

export interface Command {
  /** As a person types it, e.g. `npm run pack --`. */
  usage: string;
  /** What follows the usage in the help, e.g. `[FOLDER|ZIP]…`. */
  takes?: string;
  summary: string;
  options: Record<string, CommandOption>;
  /** How many positional arguments it takes at most. */
  maxPositionals?: number;
  examples?: string[];
  run(context: CommandContext): Promise<ExitCode>;
}

/**
 * Runs a command as a process: parses the arguments, prints `--help`, sets the exit code. A {@link UserError}
 * is one line and the next step; anything else is our bug and comes with its stack and where to report it.
 */
export async function runCommand(
  command: Command,
  {
    argv = process.argv.slice(2),
    stdout = process.stdout,
    stderr = process.stderr,
  }: { argv?: string[]; stdout?: NodeJS.WriteStream; stderr?: NodeJS.WriteStream } = {},
): Promise<void> {
  for (const stream of [stdout, stderr]) stream.on('error', giveUpWriting);
  process.exitCode = await execute(command, argv, stdout, stderr);
}

/** Whoever reads the output has read enough, as `head` does; a full disk is worth a line. */
function giveUpWriting(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error The output cannot be written: ${error.message}\n`);
  process.exit(exitCodes.wrongUse);
}

async function execute(
  command: Command,
  argv: string[],
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Promise<ExitCode> {
  const [outColors, errColors] = [colorsFor(stdout), colorsFor(stderr)];
  try {
    const { values, positionals } = parse(command, argv);
    if (values['help'] === true) {
      stdout.write(helpText(command, outColors));
      return exitCodes.done;
    }
    return await command.run({ values, positionals, stdout, stderr, outColors, errColors });
  } catch (error) {
    return report(error, stderr, errColors);
  }
}

function parse(command: Command, argv: string[]): Pick<CommandContext, 'values' | 'positionals'> {
  const options: Record<string, OptionType & { short?: string }> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type, multiple = false }] of Object.entries(command.options)) {
    options[name] = { type, multiple };
  }
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UserError((error as Error).message.split('. ')[0] ?? 'The arguments could not be read.', {
      nextStep: `See what it takes: ${command.usage} --help`,
    });
  }
  const extra = parsed.positionals[command.maxPositionals ?? 0];
  if (extra !== undefined) {
    throw new UserError(`Unexpected argument "${extra}".`, {
      nextStep: `See what it takes: ${command.usage} --help`,
    });
  }
  return { values: parsed.values, positionals: parsed.positionals };
}

function helpText({ usage, takes, summary, options, examples = [] }: Command, colors: Colors): string {
  const rows = Object.entries(options).map(([name, option]): [string, string] => [
    `--${name}${option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : ''}`,
    option.help,
  ]);
  rows.push(['-h, --help', 'Show this text.']);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = [
    summary,
    '',
    colors.bold('Usage'),
    `  ${[usage, takes ?? []].flat().join(' ')}`,
    '',
    colors.bold('Options'),
  ];
  for (const [left, right] of rows) lines.push(`  ${left.padEnd(width)}${right}`);
  if (examples.length > 0)
    lines.push('', colors.bold('Examples'), ...examples.map((example) => `  ${example}`));
  lines.push('', colors.bold('Exit codes'), '  0 done   1 findings   2 wrong use   3 a bug of ours', '');
  return lines.join('\n');
}

function report(error: unknown, stderr: NodeJS.WriteStream, colors: Colors): ExitCode {
  if (error instanceof UserError) {
    stderr.write(`${colors.red('error')} ${error.message}\n`);
    if (error.nextStep !== undefined) stderr.write(`      ${error.nextStep}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${colors.red('bug')} This is a mistake in the tool, not in your widget.\n${stack}\n`);
  stderr.write('Please report it with the lines above in the issue tracker of this repository.\n');
  return exitCodes.bug;
}
