import { writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { onInterruption } from '../../files/interruption.js';
import { launchChromium } from '../../setup/launch.js';
import { type Edit, edits } from './edits.js';
import { median } from '../measure.js';
import { startAccount } from './start.js';

export interface Repaints {
  /** Milliseconds, the slowest kind. */
  readonly slowest: number;
  /** Milliseconds by kind of source. */
  readonly kinds: ReadonlyMap<Edit['kind'], number>;
}

/**
 * From the write of an edited source to the page that was drawn again with it, in the running account, for each kind
 * of source; the edits are taken back.
 */
export async function measureRepaint(): Promise<Repaints> {
  const originals = await Promise.all(edits.map(async ({ file }) => ({ file, bytes: await readFile(file) })));
  const putBack = (): void => {
    for (const { file, bytes } of originals) writeFileSync(file, bytes);
  };
  const stop = onInterruption(putBack);
  const account = await startAccount();
  const browser = await launchChromium({ log: () => undefined });
  try {
    const page = await browser.newPage();
    await page.goto(`${account.url}/settings/pipeline/leads`);
    await page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');
    let mark = 0;
    const kinds = new Map<Edit['kind'], number>();
    for (const [index, { kind, file, change }] of edits.entries()) {
      const original = originals[index]?.bytes ?? Buffer.alloc(0);
      const milliseconds = await median(3, async () => {
        mark += 1;
        await page.evaluate(() => (document.documentElement.dataset['before'] = 'the edit'));
        const started = performance.now();
        await writeFile(file, change(original, mark));
        await page.waitForFunction(isRepainted);
        return performance.now() - started;
      });
      kinds.set(kind, milliseconds);
    }
    return { slowest: Math.max(...kinds.values()), kinds };
  } finally {
    await browser.close();
    await account.stop();
    putBack();
    stop();
  }
}

/** Runs in the page: it is a new document, complete with its widgets, and the browser has drawn a frame of it. */
function isRepainted(): Promise<boolean> | false {
  const { before, sandbox } = document.documentElement.dataset;
  if (before !== undefined || sandbox !== 'ready') return false;
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve(true);
    });
  });
}
