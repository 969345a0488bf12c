import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What tells whether a browser can be opened here. */
export interface Desktop {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  isTerminal: boolean;
}

/** Whether somebody sits in front of this machine: not in CI, not behind a pipe, not on a server. */
export function canOpenBrowser({
  env = process.env,
  platform = process.platform,
  isTerminal,
}: Desktop): boolean {
  if (!isTerminal || isSet(env['CI']) || isSet(env['SSH_CONNECTION'])) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some((name) => isSet(env[name]));
}

/**
 * Opens the address in the person's browser, or with the program that `BROWSER` names; false when that did not work.
 */
export async function openBrowser(url: string, { env = process.env } = {}): Promise<boolean> {
  const { BROWSER: program } = env;
  try {
    if (isSet(program)) {
      const child = spawn(program, [url], { stdio: 'ignore', detached: true });
      await once(child, 'spawn');
      child.unref();
    } else {
      const { default: open } = await import('open');
      await open(url);
    }
    return true;
  } catch {
    return false;
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
