import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { ensureBrowser } from './browser.js';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How a headless Chromium is started here; one is installed first when the machine has none. */
export async function chromiumOptions({ log }: { log: (line: string) => void }): Promise<LaunchOptions> {
  const executablePath = await ensureBrowser({ log });
  // Chromium's sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags;
  return { executablePath, headless: true, args };
}

/** Starts a headless Chromium. */
export async function launchChromium(options: { log: (line: string) => void }): Promise<Browser> {
  return chromium.launch(await chromiumOptions(options));
}
