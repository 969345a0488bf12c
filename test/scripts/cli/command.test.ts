import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Command, type CommandContext, runCommand } from '../../../scripts/cli/command.js';
import { type ExitCode, exitCodes, UserError } from '../../../scripts/cli/errors.js';

interface Terminal {
  exitCode: unknown;
  stdout: string;
  stderr: string;
}

const command: Command = {
  usage: 'npm run example --',
  summary: 'Does an example.',
  options: {
    colour: { type: 'string', value: 'NAME', help: 'A colour.' },
    loud: { type: 'boolean', help: 'Louder.' },
  },
  maxPositionals: 1,
  examples: ['npm run example -- --loud'],
  run: () => Promise.resolve(exitCodes.done),
};

type Run = (context: CommandContext) => Promise<ExitCode>;

async function execute(
  argv: string[],
  run: Run = () => Promise.resolve(exitCodes.done),
  isTTY = false,
): Promise<Terminal> {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): NodeJS.WriteStream =>
    Object.assign(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          texts[name] += chunk.toString();
          done();
        },
      }),
      { isTTY },
    ) as unknown as NodeJS.WriteStream;
  const before = process.exitCode;
  await runCommand({ ...command, run }, { argv, stdout: stream('stdout'), stderr: stream('stderr') });
  const { exitCode } = process;
  process.exitCode = before;
  return { exitCode, ...texts };
}

describe('a command', () => {
  it('gets its options and arguments, and ends with the code that it gives', async () => {
    let seen: unknown;
    const { exitCode } = await execute(['--colour', 'red', '--loud', 'place'], ({ values, positionals }) => {
      seen = { ...values, positionals };
      return Promise.resolve(exitCodes.findings);
    });
    expect(seen).toEqual({ colour: 'red', loud: true, positionals: ['place'] });
    expect(exitCode).toBe(1);
  });

  it.each(['--help', '-h'])('explains itself with %s, its exit codes included', async (flag) => {
    const { exitCode, stdout, stderr } = await execute([flag]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toBe(
      [
        'Does an example.',
        '',
        'Usage',
        '  npm run example --',
        '',
        'Options',
        '  --colour NAME  A colour.',
        '  --loud         Louder.',
        '  -h, --help     Show this text.',
        '',
        'Examples',
        '  npm run example -- --loud',
        '',
        'Exit codes',
        '  0 done   1 findings   2 wrong use   3 a bug of ours',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--colour'], "Option '--colour <value>' argument missing"],
    [['one', 'two'], 'Unexpected argument "two"'],
  ])('answers wrong use %j with one line, the way to the help, and code 2', async (argv, message) => {
    const { exitCode, stdout, stderr } = await execute(argv);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error ${message}`);
    expect(stderr).toContain('npm run example -- --help');
    expect(stderr.trim().split('\n')).toHaveLength(2);
    expect(exitCode).toBe(2);
  });

  it('says what a person can mend in a line and the next step, without a stack', async () => {
    const { exitCode, stderr } = await execute([], () => {
      throw new UserError('The thing is missing.', { nextStep: 'Bring the thing.' });
    });
    expect(stderr).toBe('error The thing is missing.\n      Bring the thing.\n');
    expect(exitCode).toBe(2);
  });

  it('owns up to a bug with the stack, where to report it, and code 3', async () => {
    const { exitCode, stderr } = await execute([], () => Promise.reject(new TypeError('oops')));
    expect(stderr).toMatch(/^bug .*not in your widget/);
    expect(stderr).toContain('TypeError: oops');
    expect(stderr).toMatch(/\n +at /);
    expect(stderr).toContain('report it');
    expect(exitCode).toBe(3);
  });

  it('colours a terminal and nothing else, in CI neither', async () => {
    const fail: Run = () => Promise.reject(new UserError('No.'));
    const { CI: ci, NO_COLOR: none, TERM: terminal } = process.env;
    Object.assign(process.env, { CI: 'true', TERM: 'xterm' });
    delete process.env['NO_COLOR'];
    try {
      expect((await execute([], fail, true)).stderr).toContain('\x1b[31merror\x1b[39m');
      expect((await execute([], fail, false)).stderr).toBe('error No.\n');
      process.env['NO_COLOR'] = '1';
      expect((await execute([], fail, true)).stderr).toBe('error No.\n');
    } finally {
      for (const [name, value] of Object.entries({ CI: ci, NO_COLOR: none, TERM: terminal })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });
});
