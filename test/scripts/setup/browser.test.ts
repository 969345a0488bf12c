import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.js';
import { ensureBrowser, findBrowser, type Machine } from '../../../scripts/setup/browser.js';
import { playwrightDownload, systemPackages } from '../../../scripts/setup/browser-installers.js';

let folder: string;
let bin: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'browser-')));
  bin = path.join(folder, 'bin');
  mkdirSync(bin);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program in the temporary folder; the script has only the shell itself, since PATH holds nothing else. */
function program(name: string, script = 'exit 0'): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A machine on which nothing is installed but what the test puts into the temporary folder. */
function machine(env: NodeJS.ProcessEnv = {}): Machine {
  return {
    env: { PATH: bin, FOLDER: folder, ...env },
    platform: 'linux',
    playwrightBrowser: () => path.join(folder, 'playwright/chrome'),
    usualPlaces: [path.join(folder, 'opt/chrome')],
  };
}

/** A script that puts a browser where it says, as an installer would. */
const installsTo = (place: string): string =>
  `/bin/mkdir -p "$FOLDER/${path.dirname(place)}"
printf '#!/bin/sh\\nexit 0\\n' > "$FOLDER/${place}"
/bin/chmod 755 "$FOLDER/${place}"`;

/** A script in place of Playwright's command. */
function playwrightCli(script: string): string {
  const file = path.join(folder, 'cli.cjs');
  writeFileSync(file, script);
  return file;
}

const noDownload = (): ReturnType<typeof playwrightDownload> =>
  playwrightDownload({
    cli: playwrightCli(
      `console.log('Downloading'); console.error('Error: getaddrinfo ENOTFOUND downloads.example.com\\n    at x'); process.exit(1);`,
    ),
  });

async function rejection(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('findBrowser', () => {
  it('finds nothing on an empty machine', () => {
    expect(findBrowser(machine())).toBeUndefined();
  });

  it('looks in CHROME_PATH, then at the download of Playwright, then on PATH, then in the usual places', () => {
    const usual = program('opt/chrome');
    expect(findBrowser(machine())).toBe(usual);
    const command = program('bin/google-chrome');
    expect(findBrowser(machine())).toBe(command);
    const download = program('playwright/chrome');
    expect(findBrowser(machine())).toBe(download);
    const chosen = program('mine/chrome');
    expect(findBrowser(machine({ CHROME_PATH: chosen }))).toBe(chosen);
  });

  it('passes over folders and files that are no programs', () => {
    mkdirSync(path.join(bin, 'chromium'));
    writeFileSync(path.join(bin, 'google-chrome'), 'text', { mode: 0o644 });
    expect(findBrowser(machine())).toBeUndefined();
  });

  it('takes an empty CHROME_PATH as one that is not set', () => {
    const command = program('bin/chromium');
    expect(findBrowser(machine({ CHROME_PATH: '' }))).toBe(command);
  });

  it('says that CHROME_PATH is wrong instead of taking another browser', () => {
    program('bin/chromium');
    expect(() => findBrowser(machine({ CHROME_PATH: path.join(folder, 'missing') }))).toThrow(
      /CHROME_PATH should be the path of a Chromium or Chrome program, but it is ".*missing"/,
    );
  });

  it('finds a browser on the machine that runs the tests, or the tests in a browser could not run', () => {
    expect(findBrowser()).toSatisfy((file: unknown) => typeof file === 'string' && existsSync(file));
  });
});

describe('ensureBrowser', () => {
  it('takes the browser that is there and says nothing', async () => {
    const command = program('bin/chromium');
    const lines: string[] = [];
    expect(await ensureBrowser({ ...machine(), log: (line) => lines.push(line), installers: [] })).toBe(
      command,
    );
    expect(lines).toEqual([]);
  });

  it("says that there is none and installs one by Playwright's download", async () => {
    const lines: string[] = [];
    const cli = playwrightCli(`
      const { mkdirSync, writeFileSync } = require('node:fs');
      mkdirSync(process.env.FOLDER + '/playwright');
      writeFileSync(process.env.FOLDER + '/playwright/chrome', '#!/bin/sh\\nexit 0\\n', { mode: 0o755 });
      writeFileSync(process.env.FOLDER + '/arguments', process.argv.slice(2).join(' '));
    `);
    const browser = await ensureBrowser({
      ...machine(),
      log: (line) => lines.push(line),
      installers: [playwrightDownload({ cli })],
    });
    expect(browser).toBe(path.join(folder, 'playwright/chrome'));
    expect(readFileSync(path.join(folder, 'arguments'), 'utf8')).toMatch(/^install .*chromium$/);
    expect(lines).toEqual([
      'There is no Chromium or Chrome on this machine.',
      "Installing Chromium: Playwright's download …",
      `Installed ${browser}.`,
    ]);
  });

  it.each([
    ['apt-get', 'apt-get update\napt-get install -y --no-install-recommends chromium\n'],
    ['dnf', 'dnf install -y chromium\n'],
    ['apk', 'apk add --no-cache chromium\n'],
    ['pacman', 'pacman -Sy --noconfirm chromium\n'],
    ['brew', 'brew install --cask google-chrome\n'],
  ])('falls back to %s when the download fails', async (manager, calls) => {
    program(`bin/${manager}`, `echo "${manager} $*" >> "$FOLDER/calls"\n${installsTo('bin/chromium')}`);
    const lines: string[] = [];
    const browser = await ensureBrowser({
      ...machine(),
      log: (line) => lines.push(line),
      installers: [noDownload(), systemPackages({ isRoot: true })],
    });
    expect(browser).toBe(path.join(bin, 'chromium'));
    expect(readFileSync(path.join(folder, 'calls'), 'utf8')).toBe(calls);
    expect(lines).toContain('That did not work: Error: getaddrinfo ENOTFOUND downloads.example.com');
  });

  it('installs although the package list could not be refreshed', async () => {
    program('bin/apt-get', `[ "$1" = update ] && exit 100\n${installsTo('bin/chromium')}`);
    const installers = [systemPackages({ isRoot: true })];
    expect(await ensureBrowser({ ...machine(), log: () => undefined, installers })).toBe(
      path.join(bin, 'chromium'),
    );
  });

  it('asks sudo, without a password, when it is not root', async () => {
    program('bin/sudo', `echo "$*" >> "$FOLDER/calls"\nshift\n"$@"`);
    program('bin/apk', installsTo('bin/chromium'));
    await ensureBrowser({
      ...machine(),
      log: () => undefined,
      installers: [systemPackages({ isRoot: false })],
    });
    expect(readFileSync(path.join(folder, 'calls'), 'utf8')).toBe('-n apk add --no-cache chromium\n');
  });

  it('never asks sudo for brew, which refuses root', async () => {
    program('bin/sudo', 'exit 1');
    program('bin/brew', installsTo('opt/chrome'));
    const installers = [systemPackages({ isRoot: false })];
    expect(await ensureBrowser({ ...machine(), log: () => undefined, installers })).toBe(
      path.join(folder, 'opt/chrome'),
    );
  });

  it.each([
    [
      'no package manager is there',
      () => undefined,
      true,
      /none of apt-get, dnf, apk, pacman, brew is on PATH/,
    ],
    ['there is no sudo', () => program('bin/dnf'), false, /dnf needs root, and there is no sudo/],
    [
      'the package is unknown',
      () =>
        program(
          'bin/apt-get',
          'echo "E: Unable to locate package chromium" >&2; echo "Try later" >&2; exit 100',
        ),
      true,
      /apt-get install .*: E: Unable to locate package chromium/,
    ],
    ['the installer installs nothing', () => program('bin/apk'), true, /There is no Chromium or Chrome/],
    [
      'what is installed does not start',
      () =>
        program(
          'bin/apk',
          `printf '#!/bin/sh\\necho "needs snapd"; exit 1\\n' > "$FOLDER/bin/chromium"
/bin/chmod 755 "$FOLDER/bin/chromium"`,
        ),
      true,
      /chromium does not start: needs snapd/,
    ],
  ])('fails with both reasons and a next step when %s', async (_case, prepare, isRoot, reason) => {
    prepare();
    const error = await rejection(
      ensureBrowser({
        ...machine(),
        log: () => undefined,
        installers: [noDownload(), systemPackages({ isRoot })],
      }),
    );
    expect(error.message).toMatch(/^Chromium is needed, and it could not be installed/);
    expect(error.message).toContain("Playwright's download: Error: getaddrinfo ENOTFOUND");
    expect(error.message).toMatch(reason);
    expect(error.message).not.toContain('\n');
    expect(error.nextStep).toMatch(/by hand, or set CHROME_PATH/);
  });

  it('gives up a download that takes too long', async () => {
    const cli = playwrightCli('setInterval(() => undefined, 1000);');
    const error = await rejection(
      ensureBrowser({
        ...machine(),
        log: () => undefined,
        installers: [playwrightDownload({ cli, timeout: 300 })],
      }),
    );
    expect(error.message).toMatch(/took longer than 0.3 s/);
  });

  it('replaces a browser that does not start', async () => {
    program('bin/chromium', 'echo "libnss3.so: cannot open shared object file" >&2; exit 127');
    program('bin/apk', installsTo('bin/chromium'));
    const lines: string[] = [];
    const installers = [systemPackages({ isRoot: true })];
    await ensureBrowser({ ...machine(), log: (line) => lines.push(line), installers });
    expect(lines[0]).toMatch(/chromium does not start: libnss3.so: cannot open shared object file/);
    expect(lines.at(-1)).toMatch(/^Installed /);
  });

  it('installs nothing when the browser of CHROME_PATH does not start', async () => {
    const chosen = program('mine/chrome', 'exit 1');
    program('bin/apk', 'echo called > "$FOLDER/calls"');
    const error = await rejection(
      ensureBrowser({
        ...machine({ CHROME_PATH: chosen }),
        log: () => undefined,
        installers: [systemPackages({ isRoot: true })],
      }),
    );
    expect(error.message).toMatch(/CHROME_PATH names does not start/);
    expect(existsSync(path.join(folder, 'calls'))).toBe(false);
  });
});
