import { launchChromium } from '../../setup/launch.js';
import { median } from '../measure.js';
import { startAccount } from './start.js';

/** How much slower the page's processor is than this one. */
const slowdown = 4;

/**
 * From the click on the widget under Settings → Integrations to its settings, with what the backend says of the channels,
 * in a page that has loaded nothing of them before and whose processor is slowed down. Milliseconds.
 */
export async function measurePanel(): Promise<number> {
  const account = await startAccount();
  const browser = await launchChromium({ log: () => undefined });
  const open = async (timeout: number): Promise<number> => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`${account.url}/settings/widgets`);
      await page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      return await page.evaluate(openSettings, timeout);
    } finally {
      await context.close();
    }
  };
  try {
    // The backend starts beside the account; until it answers there are no settings to wait for.
    for (let tries = 1; ; tries += 1) {
      const isThere = await open(5000).then(
        () => true,
        () => false,
      );
      if (isThere) break;
      if (tries === 12) throw new Error('The backend did not answer within a minute.');
    }
    return await median(5, () => open(60_000));
  } finally {
    await browser.close();
    await account.stop();
  }
}

/**
 * Runs in the page, whole and in one call, so that the measuring costs the slow processor next to nothing meanwhile:
 * clicks on the widget, and tells at which frame what the backend says of the channels was drawn. Rejects after so many
 * milliseconds.
 */
function openSettings(timeout: number): Promise<number> {
  const clicked = performance.now();
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      reject(new Error('The settings did not come.'));
    }, timeout);
    new MutationObserver((_changes, observer) => {
      const channels = document.querySelector('.pipeline-messenger__connections');
      if (channels === null || channels.querySelector('[aria-busy=true], [role=alert]') !== null) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        resolve(performance.now() - clicked);
      });
    }).observe(document.body, { childList: true, subtree: true });
    document.querySelector<HTMLElement>('.widget-card')?.click();
  });
}
