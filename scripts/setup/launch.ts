import { type Browser, chromium } from 'playwright-core';
import { ensureBrowser } from './browser.js';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium, which is installed first when the machine has none. */
export async function launchChromium({ log }: { log: (line: string) => void }): Promise<Browser> {
  const executablePath = await ensureBrowser({ log });
  // Chromium's sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags;
  return chromium.launch({ executablePath, headless: true, args });
}
