import { parseArgs } from 'node:util';
import { UserError } from './terminal.js';

export type CommandLine =
  | { readonly command: 'serve' | 'check' | 'help' }
  | { readonly command: 'redrive'; readonly installationId: string | undefined; readonly dryRun: boolean };

export const helpText = `Runs the backend: it takes Kommo's hooks, sends the messages and tells the feed.

Usage
  npm run backend -- [COMMAND] [OPTIONS]
  node dist/backend/main.js [COMMAND] [OPTIONS]
      The same without npm, on a machine without development dependencies;
      npm run build:backend makes that file.

Commands
  serve    Runs until it is asked to stop; what happens without a command.
  check    Says whether configuration, store, integration and chat service
           are in order, and what to do where they are not.
  redrive  Brings back the events that were given up after their last attempt.

Options
  --installation ID  With redrive: the events of this installation alone.
  --dry-run          With redrive: counts them and changes nothing.
  -h, --help         Show this text.

The configuration comes from the environment and from the file .env in the
working directory; .env.example explains every variable.

Examples
  npm run backend -- check
  npm run backend -- redrive --dry-run

Exit codes
  0 done   1 findings   2 wrong use   3 a bug of ours
`;

const seeHelp = 'See what it takes: npm run backend -- --help';

/** Throws a {@link UserError} for what it does not know. */
export function readArguments(argv: string[]): CommandLine {
  const { values, positionals } = parse(argv);
  const [command = 'serve', extra] = positionals;
  if (values.help === true) return { command: 'help' };
  if (extra !== undefined) throw new UserError(`Unexpected argument "${extra}".`, seeHelp);
  const { installation, 'dry-run': dryRun = false } = values;
  if (command === 'redrive') return { command, installationId: readId(installation), dryRun };
  if (command !== 'serve' && command !== 'check') {
    throw new UserError(`Expected serve, check or redrive; got "${command}".`, seeHelp);
  }
  if (installation !== undefined || dryRun) {
    throw new UserError('--installation and --dry-run belong to redrive.', seeHelp);
  }
  return { command };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        installation: { type: 'string' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError((error as Error).message.split('. ')[0] ?? '', seeHelp);
  }
}

export const whereInstallationsAre =
  'The table installations lists them; without the option all events are brought back.';

function readId(text: string | undefined): string | undefined {
  if (text === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new UserError(
    `Expected the id of an installation after --installation, as 0a1b2c3d-4e5f-6789-abcd-ef0123456789; got "${text}".`,
    whereInstallationsAre,
  );
}
