import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { type Running, startIn, type StartOptions } from '../../support/project-copy.js';
import { dragLead, messagesOf, notesOf } from '../../support/story.js';

let running: Running | undefined;
let other: Server | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
  other?.close();
  other = undefined;
});

interface Started {
  readonly url: string;
  readonly backendPort: number;
  readonly started: Running;
}

async function start({ args = [], ...options }: StartOptions & { args?: string[] } = {}): Promise<Started> {
  const backendPort = await anyFreePort();
  const own = ['--no-open', '--port', '0', '--backend-port', String(backendPort)];
  const started = startIn(projectRoot, 'start', [...own, ...args], options);
  running = started;
  const [, url = ''] = await started.output(/^ready (\S+)$/m);
  return { url, backendPort, started };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const first = 'Hello, Olivia! We have sent you our offer for “City bikes for the office”. Emma Clarke';
const waiting = { timeout: 60_000, interval: 100 };

describe('the backend of npm start', { timeout: 180_000 }, () => {
  it('makes a message and a note of a drag, after a reset too, and ends with the account', async () => {
    const { url, backendPort, started } = await start({ inTerminal: true });
    await started.output(/connected/);
    for (const round of ['at first', 'after a reset']) {
      await dragLead(url, 7001, 502);
      await expect
        .poll(async () => (await messagesOf(url)).map(({ text }) => text), { ...waiting, message: round })
        .toContain(first);
      await expect
        .poll(() => notesOf(url, 7001), waiting)
        .toEqual([expect.stringMatching(/^Message (sent|delivered) via Demo chat: Olivia Bennett/)]);
      if (round !== 'at first') break;
      const isReset = started.output(/reset.* The account is as it was at the start\./, { fromNowOn: true });
      started.press('r');
      await isReset;
      expect(await messagesOf(url)).toEqual([]);
    }
    started.press('q');
    const { exitCode, stdout, stderr } = await started.ended;
    expect([exitCode, stderr]).toEqual([0, expect.not.stringMatching(/error|bug/)]);
    expect(stdout).not.toMatch(/error/);
    expect(stdout.indexOf('ready ')).toBeLessThan(stdout.indexOf('connected'));
    expect(await isListening(backendPort)).toBe(false);
  });

  it('ends by itself when npm start is killed', async () => {
    const { backendPort, started } = await start();
    await started.output(/^connected /m);
    expect(await isListening(backendPort)).toBe(true);
    process.kill(started.pid, 'SIGKILL');
    await expect.poll(() => isListening(backendPort), waiting).toBe(false);
  });

  it('says in a line that it could not start, and the account works on', async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { url, started } = await start({ args: ['--backend-port', String(port)] });
    const [line] = await started.output(/^error .*$/m);
    expect(line).toBe(
      `error The backend did not start, so messages are not sent. Something else already listens at 127.0.0.1:${port}. ` +
        'Start again, or choose its port with --backend-port.',
    );
    await dragLead(url, 7001, 502);
    const { exitCode, stdout } = await started.stop();
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('connected');
    expect(stdout.match(/^error /gm)).toHaveLength(1);
  });

  it('is left out with --no-backend, and its trigger with it', async () => {
    const { url, backendPort, started } = await start({ args: ['--no-backend'] });
    const triggers = await fetch(`${url}/sandbox/triggers`, {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    expect(await triggers.json()).toEqual([]);
    expect(await isListening(backendPort)).toBe(false);
    expect((await started.stop()).stdout).not.toContain('connected');
  });

  it('refuses a port that is none', async () => {
    const started = startIn(projectRoot, 'start', ['--no-open', '--backend-port', 'x']);
    const { exitCode, stderr } = await started.ended;
    expect(stderr).toContain('error --backend-port takes a number from 0 to 65535; it got "x".');
    expect(exitCode).toBe(2);
  });
});
