import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';
import { type Running, startIn } from '../../support/project-copy.js';
import { widgetFiles } from '../../support/small-widget.js';
import { temporaryFolder, writeFolder } from '../../support/widget-folder.js';

let running: Running | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function start(options: Parameters<typeof startIn>[3]): Promise<{ url: string; started: Running }> {
  const place = await writeFolder(widgetFiles());
  const started = startIn(projectRoot, 'sandbox', ['--no-open', '--port', '0', place], options);
  running = started;
  const [, url = ''] = await started.output(/^ready (\S+)$/m);
  return { url, started };
}

const leadNames = async (url: string): Promise<string[]> => {
  const answer = await fetch(`${url}/api/v4/leads?limit=250`, {
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  const { _embedded: embedded } = (await answer.json()) as { _embedded: { leads: { name: string }[] } };
  return embedded.leads.map(({ name }) => name).sort();
};

describe('in a terminal', { timeout: 60_000 }, () => {
  it('the keys are named below the address', async () => {
    const { started } = await start({ inTerminal: true });
    await started.output(/^ready \S+\n\[raw\]\n.*o open in browser {3}r reset the account {3}q quit/m);
  });

  it('o opens the account in the browser', async () => {
    const folder = await temporaryFolder();
    const [program, opened] = [path.join(folder, 'browser'), path.join(folder, 'opened')];
    await writeFile(program, `#!/bin/sh\necho "$1" > '${opened}'\n`);
    await chmod(program, 0o755);
    const { url, started } = await start({ inTerminal: true, env: { BROWSER: program } });
    await started.output(/q quit/);
    started.press('o');
    await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toBe(`${url}\n`);
  });

  it('o says so when no browser can be opened', async () => {
    const { url, started } = await start({ inTerminal: true, env: { BROWSER: '/nowhere/browser' } });
    await started.output(/q quit/);
    started.press('o');
    const [line] = await started.output(/No browser could be opened;[^]*yourself\./);
    expect(line.replaceAll(/\s+/g, ' ')).toBe(`No browser could be opened; open ${url} yourself.`);
  });

  it('r brings the account back as it was', async () => {
    const { url, started } = await start({ inTerminal: true });
    await started.output(/q quit/);
    const before = await leadNames(url);
    await fetch(`${url}/api/v4/leads`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      body: JSON.stringify([{ name: 'One lead more' }]),
    });
    expect(await leadNames(url)).toHaveLength(before.length + 1);
    started.press('r');
    await started.output(/reset\S* The account is as it was at the start\./);
    expect(await leadNames(url)).toEqual(before);
  });

  it.each([
    ['q', 'q'],
    ['Ctrl+C', '\u0003'],
  ])('%s ends it, and the terminal is as it was', async (_name, key) => {
    const { url, started } = await start({ inTerminal: true });
    await started.output(/q quit/);
    started.press(`x${key}`);
    const { exitCode, stdout } = await started.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\[cooked\]\n$/);
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe('elsewhere', { timeout: 60_000 }, () => {
  it('no keys are named and none are read', async () => {
    const { started } = await start({});
    const { exitCode, stdout } = await started.stop();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ready \S+\n$/);
  });
});
