import { writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../build/paths.js';
import { onInterruption } from '../files/interruption.js';
import { launchChromium } from '../setup/launch.js';
import { median } from './measure.js';
import { startAccount } from './start.js';

/**
 * From the write of an edited source to the page that shows it, in the running account; the edit is taken back.
 * The edit is of TypeScript, so it goes the whole way through the compiler.
 */
export async function measureRepaint(): Promise<number> {
  const file = path.join(projectRoot, 'src', 'widget', 'script.ts');
  const original = await readFile(file);
  const putBack = (): void => {
    writeFileSync(file, original);
  };
  const stop = onInterruption(putBack);
  const account = await startAccount();
  const browser = await launchChromium({ log: () => undefined });
  try {
    const page = await browser.newPage();
    await page.goto(`${account.url}/settings/pipeline/leads`);
    await page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');
    let edit = 0;
    return await median(5, async () => {
      edit += 1;
      const mark = `edit-${edit}`;
      const started = performance.now();
      await writeFile(
        file,
        `${original.toString('utf8')}\ndocument.documentElement.dataset['edit'] = '${mark}';\n`,
      );
      await page.waitForFunction(isRepainted, mark);
      return performance.now() - started;
    });
  } finally {
    await browser.close();
    await account.stop();
    putBack();
    stop();
  }
}

/** Runs in the page: the edited module has run, the page is complete, and the browser has drawn a frame. */
function isRepainted(mark: string): Promise<boolean> | false {
  const { edit, sandbox } = document.documentElement.dataset;
  if (edit !== mark || sandbox !== 'ready') return false;
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve(true);
    });
  });
}
