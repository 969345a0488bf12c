import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyProject, type ProjectCopy, type Running } from '../../support/project-copy.js';
import { dragLead, messagesOf } from '../../support/story.js';

let project: ProjectCopy;
let running: Running | undefined;
/** What stood in the sources that the test has edited. */
const originals = new Map<string, string>();

beforeAll(async () => {
  project = await copyProject();
}, 60_000);

afterEach(async () => {
  await running?.stop();
  running = undefined;
  for (const [file, text] of originals) await writeFile(file, text);
  originals.clear();
}, 60_000);

afterAll(() => project.remove());

async function start(args: string[] = []): Promise<string> {
  running = project.start('start', ['--no-open', '--port', '0', ...args]);
  const [, url = ''] = await running.output(/^ready (\S+)$/m);
  return url;
}

/** Writes a source as `change` makes it of what stood there at the start of the test, which stands there again after it. */
async function edit(source: string, change: (text: string) => string): Promise<void> {
  const file = path.join(project.root, source);
  const original = originals.get(file) ?? (await readFile(file, 'utf8'));
  originals.set(file, original);
  await writeFile(file, change(original));
}

const scriptSource = 'src/widget/script.ts';

const served = async (url: string): Promise<string> =>
  (await fetch(`${url}/upl/pipeline_messenger/widget/script.js`)).text();

/** How long an edit may take on a busy machine to be in the account. What was printed last may tell of an earlier one. */
const soon = { timeout: 30_000 };

const session = async (
  url: string,
): Promise<{ widgets: { code: string; is_active: boolean; version: string }[] }> =>
  (await fetch(`${url}/sandbox/session`)).json() as Promise<never>;

describe('npm start', { timeout: 60_000 }, () => {
  it('serves an account in which the widget is installed, on 127.0.0.1, and ends cleanly', async () => {
    const url = await start();
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const { widgets } = await session(url);
    expect(widgets).toMatchObject([{ code: 'pipeline_messenger', is_active: true }]);
    expect(await served(url)).toContain('PipelineMessenger');

    const outcome = await running?.stop();
    expect(outcome).toMatchObject({ exitCode: 0 });
    expect(outcome?.stdout.match(/^ready /gm)).toHaveLength(1);
    expect(outcome?.stderr).not.toMatch(/bug|at /);
  });

  it('brings an edit into the account, tells of one that does not build, and heals by itself', async () => {
    const url = await start();
    const rebuilt = running?.output(/built in \d+ ms/, { fromNowOn: true });
    await edit(scriptSource, (text) => `${text}\nexport const edited = 'first edit';\n`);
    await rebuilt;
    await expect.poll(() => served(url), soon).toContain('first edit');

    const broken = running?.output(/error .*script\.ts/, { fromNowOn: true });
    await edit(scriptSource, (text) => `${text}\nexport const edited = ;\n`);
    await broken;
    expect(await served(url)).toContain('first edit');

    const healed = running?.output(/built in \d+ ms/, { fromNowOn: true });
    await edit(scriptSource, (text) => `${text}\nexport const edited = 'second edit';\n`);
    await healed;
    await expect.poll(() => served(url), soon).toContain('second edit');
  });

  it('sends the events of an edited widget to the backend', { timeout: 180_000 }, async () => {
    const url = await start();
    await running?.output(/^connected /m);
    await edit(scriptSource, (text) => `${text}\nexport const another = 'third edit';\n`);
    await expect.poll(() => served(url), soon).toContain('third edit');
    await dragLead(url, 7001, 502);
    await expect.poll(() => messagesOf(url), { timeout: 60_000 }).toHaveLength(2);
  });

  it('tells of a manifest that the account refuses and keeps the widget that it has', async () => {
    const url = await start();
    const refused = running?.output(/error manifest\.json:\d+:\d+ JSON was expected/, { fromNowOn: true });
    await edit('widget/manifest.json', (text) => `${text}}`);
    await refused;
    expect((await session(url)).widgets).toHaveLength(1);

    const healed = running?.output(/built in \d+ ms/, { fromNowOn: true });
    await edit('widget/manifest.json', (text) => text);
    await healed;
  });

  describe('when its port is taken', () => {
    let other: Server;

    beforeAll(async () => {
      other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    });

    afterAll(() => {
      other.close();
    });

    it('takes the next one and says so', async () => {
      const { port } = other.address() as AddressInfo;
      running = project.start('start', ['--no-open', '--port', String(port)]);
      const [, url = ''] = await running.output(/^ready (\S+)$/m);
      expect(Number(new URL(url).port)).toBeGreaterThan(port);
      expect((await running.stop()).stderr).toContain(`Port ${port} is in use; trying the next.`);
    });
  });

  it('speaks the language that was asked for', async () => {
    const url = await start(['--locale', 'tr']);
    expect(await session(url)).toMatchObject({ switches: { language: 'tr' } });
  });

  it.each([
    [['--port', 'x'], '--port takes a number from 0 to 65535; it got "x".'],
    [['--locale', 'xx'], '--locale takes one of en, es, pt, tr, id, ru; it got "xx".'],
    [['extra'], 'Unexpected argument "extra".'],
  ])('refuses %j in a line', async (args, message) => {
    const { exitCode, stderr } = await project.run('start', ['--no-open', ...args]);
    expect(stderr).toContain(`error ${message}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
  });
});
