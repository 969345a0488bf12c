import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { UserError } from '../cli/errors.js';
import { fitTexts } from './fit-texts.js';
import { fontStyles } from './fonts.js';
import type { Picture } from './pictures.js';
import { fillTemplate } from './template.js';
import { loadWords } from './words.js';

/** Draws pictures in a Chromium of its own; `close` ends it. */
export interface Renderer {
  /**
   * Draws a picture: Chromium's PNG, and a fingerprint of everything that it was drawn from.
   *
   * @throws {UserError} when a source or a text is missing, or a text doesn't fit even when set smaller
   */
  render(picture: Picture): Promise<{ png: Buffer; fingerprint: string }>;
  close(): Promise<void>;
}

/** What makes two machines draw the same letters. */
const chromiumArguments = ['--force-color-profile=srgb', '--disable-lcd-text', '--font-render-hinting=none'];

const pageStyle = 'html,body{margin:0}body>svg{display:block}';

/** Starts the Chromium at `browserPath`. */
export async function startRenderer(root: string, browserPath: string): Promise<Renderer> {
  const tourStyle =
    (await fontStyles()) + (await readFile(path.join(root, 'art', 'tour', 'tour.css'), 'utf8'));
  const browser = await chromium.launch({ executablePath: browserPath, args: chromiumArguments });
  const page = await browser.newPage();
  return {
    async render({ file, source, width, height, language }) {
      const isTour = language !== undefined;
      const words = isTour ? await loadWords(root, language) : new Map<string, string>();
      const svg = await fillTemplate(path.join(root, source), words);
      const style = pageStyle + (isTour ? tourStyle : '');
      const html = `<!doctype html><html lang="${language ?? ''}"><style>${style}</style>${svg}</html>`;
      await page.setViewportSize({ width, height });
      await page.setContent(html);
      const overflowing = await page.evaluate(fitTexts);
      if (overflowing.length > 0) {
        throw new UserError(
          `${file}: there is no room for ${overflowing.map((text) => `"${text}"`).join(', ')}.`,
          {
            nextStep: `Shorten the text in art/words/ or i18n/, or give it more room in ${source} or tour.css.`,
          },
        );
      }
      return {
        png: await page.screenshot({ type: 'png' }),
        fingerprint: createHash('sha256').update(html).digest('hex'),
      };
    },
    close: () => browser.close(),
  };
}
