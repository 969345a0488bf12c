import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Axe {
  run(root: string): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** What axe finds below a selector that is serious or worse, as `rule: element`. */
export async function seriousFindings(page: Page, root: string): Promise<string[]> {
  await page.addScriptTag({ path: script });
  return page.evaluate(async (selector) => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(selector);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, root);
}
