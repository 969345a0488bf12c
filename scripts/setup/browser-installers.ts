import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Outcome, run } from './process.js';

/** One way to get a browser onto the machine. */
export interface Installer {
  /** What it is, as a person reads it in the log. */
  name: string;
  /** Tries to install Chromium; never rejects. */
  install(machine: { env?: NodeJS.ProcessEnv }): Promise<Outcome>;
}

interface PackageManager {
  command: string;
  /** Argument lists, run one after the other. The last one decides: a stale package list may still do. */
  steps: string[][];
  needsRoot: boolean;
}

/** In the order of being asked: a machine rarely has two, and brew on Linux is then the guest. */
const packageManagers: readonly PackageManager[] = [
  {
    command: 'apt-get',
    steps: [['update'], ['install', '-y', '--no-install-recommends', 'chromium']],
    needsRoot: true,
  },
  { command: 'dnf', steps: [['install', '-y', 'chromium']], needsRoot: true },
  { command: 'apk', steps: [['add', '--no-cache', 'chromium']], needsRoot: true },
  { command: 'pacman', steps: [['-Sy', '--noconfirm', 'chromium']], needsRoot: true },
  { command: 'brew', steps: [['install', '--cask', 'google-chrome']], needsRoot: false },
];

/**
 * Playwright's own download, through the command of the installed playwright-core, so that nothing else is
 * fetched.
 *
 * @param options.cli the script of that command
 * @param options.timeout in milliseconds; a network that swallows packets must not hold the tests for ever
 */
export function playwrightDownload({
  cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  ),
  timeout = 300_000,
} = {}): Installer {
  return {
    name: "Playwright's download",
    install: ({ env = process.env }) =>
      run(process.execPath, [cli, 'install', '--no-shell', '--no-progress', 'chromium'], { env, timeout }),
  };
}

/**
 * The system's package manager, with `sudo -n` (which never asks for a password) when we are not root.
 *
 * @param options.isRoot whether packages may be installed without sudo
 * @param options.timeout in milliseconds, for each step
 */
export function systemPackages({ isRoot = process.getuid?.() === 0, timeout = 900_000 } = {}): Installer {
  return {
    name: "the system's package manager",
    install: async ({ env = process.env }) => {
      const manager = packageManagers.find(({ command }) => isOnPath(command, env));
      if (manager === undefined) {
        const known = packageManagers.map(({ command }) => command).join(', ');
        return { ok: false, reason: `none of ${known} is on PATH` };
      }
      const sudo = manager.needsRoot && !isRoot;
      if (sudo && !isOnPath('sudo', env)) {
        return { ok: false, reason: `${manager.command} needs root, and there is no sudo` };
      }
      let outcome: Outcome = { ok: false, reason: '' };
      for (const step of manager.steps) {
        const [file = '', ...args] = [...(sudo ? ['sudo', '-n'] : []), manager.command, ...step];
        const { ok, reason } = await run(file, args, {
          env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
          timeout,
        });
        outcome = { ok, reason: `${[manager.command, ...step].join(' ')}: ${reason}` };
      }
      return outcome;
    },
  };
}

function isOnPath(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
