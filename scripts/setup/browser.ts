import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { UserError } from '../cli/errors.js';
import { type Installer, playwrightDownload, systemPackages } from './browser-installers.js';
import { run } from './process.js';

/** Everything about the machine that finding and installing a browser depends on. */
export interface Machine {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  /** Where Playwright keeps the browser that it downloads; the file need not exist. */
  playwrightBrowser?: () => string;
  /** Where installers of the platform put a browser without adding it to `PATH`. */
  usualPlaces?: readonly string[];
}

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
] as const;

/** A browser that is asked for its version only loads its libraries. Milliseconds. */
const startTimeout = 30_000;

/**
 * The path of a Chromium or Chrome on this machine, or undefined. Looked for in this order:
 *
 * | where                         | why in this place                                       |
 * |-------------------------------|---------------------------------------------------------|
 * | `CHROME_PATH`                 | the person's own choice; wrong is an error, not a hint  |
 * | Playwright's own download     | it is the release that playwright-core was tested with  |
 * | known commands on `PATH`      | what the system's package manager installs              |
 * | the platform's usual places   | macOS and Windows install applications outside `PATH`   |
 *
 * @throws UserError when `CHROME_PATH` is set and is no program
 */
export function findBrowser({
  env = process.env,
  platform = process.platform,
  playwrightBrowser = () => chromium.executablePath(),
  usualPlaces = placesOf(platform, env),
}: Machine = {}): string | undefined {
  const chosen = env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (isProgram(chosen)) return chosen;
    throw new UserError(
      `CHROME_PATH should be the path of a Chromium or Chrome program, but it is "${chosen}".`,
      {
        nextStep: 'Correct CHROME_PATH, or unset it to let the browser be found or installed.',
      },
    );
  }
  return [playwrightBrowser(), ...onPath(env, platform), ...usualPlaces].find(isProgram);
}

/**
 * The path of a Chromium or Chrome that starts; one is installed when there is none: by Playwright's own
 * download, else by the system's package manager.
 *
 * @param options.log receives one line per step, for a person to read
 * @throws UserError when no way of installing one works here
 */
export async function ensureBrowser({
  log,
  installers = [playwrightDownload(), systemPackages()],
  ...machine
}: Machine & { log: (line: string) => void; installers?: readonly Installer[] }): Promise<string> {
  const present = await look(machine);
  if (present.browser !== undefined) return present.browser;
  log(present.problem);
  if (isSet(machine.env ?? process.env)) {
    throw new UserError(`The browser that CHROME_PATH names does not start. ${present.problem}`, {
      nextStep: 'Correct CHROME_PATH, or unset it to let the browser be found or installed.',
    });
  }

  const failures: string[] = [];
  for (const installer of installers) {
    log(`Installing Chromium: ${installer.name} …`);
    const outcome = await installer.install(machine);
    const now = outcome.ok ? await look(machine) : { browser: undefined, problem: outcome.reason };
    if (now.browser !== undefined) {
      log(`Installed ${now.browser}.`);
      return now.browser;
    }
    log(`That did not work: ${now.problem}`);
    failures.push(`${installer.name}: ${now.problem}`);
  }
  throw new UserError(`Chromium is needed, and it could not be installed (${failures.join('; ')}).`, {
    nextStep:
      'Install Chromium or Chrome by hand, or set CHROME_PATH to the program, and run the command again.',
  });
}

type Look = { browser: string } | { browser: undefined; problem: string };

/** A browser that starts, or why there is none. */
async function look(machine: Machine): Promise<Look> {
  const browser = findBrowser(machine);
  if (browser === undefined) return { browser, problem: 'There is no Chromium or Chrome on this machine.' };
  const { env = process.env, platform = process.platform } = machine;
  // On Windows Chrome answers no --version but opens a window.
  if (platform === 'win32') return { browser };
  const start = await run(browser, ['--version'], { env, timeout: startTimeout });
  return start.ok
    ? { browser }
    : { browser: undefined, problem: `${browser} does not start: ${start.reason}` };
}

function isSet(env: NodeJS.ProcessEnv): boolean {
  return (env['CHROME_PATH'] ?? '') !== '';
}

function* onPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Generator<string> {
  const windows = platform === 'win32';
  for (const command of commands) {
    for (const folder of (env['PATH'] ?? '').split(windows ? ';' : ':')) {
      if (folder !== '') yield path.join(folder, windows ? `${command}.exe` : command);
    }
  }
}

function placesOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    const programs = ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'];
    return programs.flatMap((program) =>
      roots
        .filter((root) => root !== undefined)
        .map(
          (root) => `${root}\\${program}\\Application\\${program.endsWith('Edge') ? 'msedge' : 'chrome'}.exe`,
        ),
    );
  }
  if (platform === 'darwin') {
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['', env['HOME'] ?? ''].flatMap((root) =>
      programs.map((program) => `${root}/Applications/${program}.app/Contents/MacOS/${program}`),
    );
  }
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
