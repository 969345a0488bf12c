import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Axe {
  run(
    root: string,
    options: { resultTypes: string[] },
  ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** Puts axe into the page, once for each document. */
export async function loadAxe(page: Page): Promise<void> {
  const isThere = await page.evaluate(() => 'axe' in window);
  // Not as a script tag, which the policy of some of our pages refuses.
  if (!isThere) await page.evaluate(await readFile(script, 'utf8'));
}

/** What axe finds below a selector that is serious or worse, as `rule: element`. */
export async function seriousFindings(page: Page, root: string): Promise<string[]> {
  await loadAxe(page);
  return page.evaluate(async (selector) => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(selector, {
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, root);
}
