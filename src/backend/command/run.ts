import { eq } from 'drizzle-orm';
import { type ConfigFault, type Config, type Environment, readConfig } from '../config.js';
import { redrive } from '../delivery/redrive.js';
import { installations } from '../installations/tables.js';
import { StoreError } from '../store/errors.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/store.js';
import { helpText, readArguments, whereInstallationsAre } from './arguments.js';
import { check } from './check.js';
import { serve } from './serve.js';
import { type ExitCode, exitCodes, Terminal, UserError } from './terminal.js';

export interface RunOptions {
  readonly argv: string[];
  readonly environment: Environment;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** The backend's command line; gives the exit code. What a person can mend is told in a line and the next step. */
export async function runCommandLine({ argv, environment, stdout, stderr }: RunOptions): Promise<ExitCode> {
  for (const stream of [stdout, stderr]) stream.on('error', giveUpWriting);
  const [out, err] = [new Terminal(stdout), new Terminal(stderr)];
  try {
    const line = readArguments(argv);
    if (line.command === 'help') {
      stdout.write(helpText);
      return exitCodes.done;
    }
    const config = configOrTell(environment, err);
    if (config === undefined) return line.command === 'check' ? exitCodes.findings : exitCodes.wrongUse;
    if (line.command === 'check') return await check(config, out);
    if (line.command !== 'redrive') {
      await serve(config);
      return exitCodes.done;
    }
    const store = await openStore(config);
    try {
      if (line.installationId !== undefined) await needInstallation(store, line.installationId);
      const count = await redrive(store, line);
      out.line(redriven(count, line.dryRun));
    } finally {
      await store.close();
    }
    return exitCodes.done;
  } catch (error) {
    return report(error, err);
  }
}

async function needInstallation({ db }: Pick<Store, 'db'>, id: string): Promise<void> {
  if ((await db.$count(installations, eq(installations.id, id))) > 0) return;
  throw new UserError(`There is no installation ${id} in this store.`, whereInstallationsAre);
}

/** Whoever reads the output has read enough, as `head` does. */
function giveUpWriting(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}

function redriven(count: number, isDryRun: boolean): string {
  if (count === 0) return 'No events were given up; there is nothing to bring back.';
  const events = count === 1 ? '1 event' : `${count} events`;
  return isDryRun
    ? `${events} would be brought back. Leave out --dry-run to do it.`
    : `${events} brought back; the backend works on ${count === 1 ? 'it' : 'them'} as soon as it runs.`;
}

function configOrTell(environment: Environment, err: Terminal): Config | undefined {
  const result = readConfig(environment);
  tellEach(err, 'hint', result.hints);
  if (result.ok) return result.config;
  const { faults } = result;
  err.line(
    `${err.paint('error', 'red')} The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`,
  );
  tellEach(err, undefined, faults);
  err.line('      Set it in the environment or in .env; .env.example explains every variable.');
  return undefined;
}

function tellEach(err: Terminal, kind: 'hint' | undefined, faults: readonly ConfigFault[]): void {
  const pad = Math.max(0, ...faults.map(({ name }) => name.length)) + 6;
  for (const { name, message } of faults) {
    const label = kind === undefined ? `      ${name}` : `hint  ${name}`;
    err.labelled(label, message, { pad });
  }
}

function report(error: unknown, err: Terminal): ExitCode {
  if (error instanceof UserError) {
    err.labelled('error', error.message, { color: 'red' });
    if (error.nextStep !== undefined) err.labelled('     ', error.nextStep);
    return exitCodes.wrongUse;
  }
  if (error instanceof StoreError) {
    err.labelled('error', error.message, { color: 'red' });
    return exitCodes.wrongUse;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  err.line(`${err.paint('bug', 'red')} This is a mistake in the backend, not in your configuration.`);
  err.line(stack);
  err.line('Please report it with the lines above in the issue tracker of this repository.');
  return exitCodes.bug;
}
