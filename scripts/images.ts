import path from 'node:path';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { drawPictures } from './images/draw.js';
import { findPictures } from './images/pictures.js';
import { ensureBrowser } from './setup/browser.js';

const root = path.resolve(import.meta.dirname, '..');

await runCommand({
  usage: 'npm run images --',
  summary: "Draws the widget's logos and tour pictures from art/ and i18n/ into widget/images/.",
  options: {
    check: { type: 'boolean', help: 'Write nothing; name the pictures that no longer match their source.' },
    only: { type: 'string', value: 'TEXT', help: 'Only pictures whose file name holds TEXT, e.g. tour/pt.' },
  },
  examples: ['npm run images', 'npm run images -- --check', 'npm run images -- --only tour/pt'],
  async run({ values, stdout, stderr }) {
    const only = typeof values['only'] === 'string' ? values['only'] : '';
    const check = values['check'] === true;
    const pictures = (await findPictures(root)).filter(({ file }) => file.includes(only));
    if (pictures.length === 0) {
      throw new UserError(`Expected a part of a picture's file name, got "${only}".`, {
        nextStep: 'Use a part of a name under widget/images, e.g. logo_dp or tour/en.',
      });
    }
    const browserPath = await ensureBrowser({ log: (line) => stderr.write(`${line}\n`) });
    const stale: string[] = [];
    for await (const { file, state, bytes } of drawPictures(pictures, { root, browserPath, write: !check })) {
      if (state !== 'same') stale.push(file);
      if (!check)
        stdout.write(`${state === 'same' ? 'kept ' : 'drawn'}  ${file}  ${(bytes / 1024).toFixed(1)} KB\n`);
    }
    if (!check || stale.length === 0) {
      stdout.write(`${pictures.length} pictures match their source.\n`);
      return exitCodes.done;
    }
    for (const file of stale) stderr.write(`${file} does not match its source.\n`);
    stderr.write('Draw them again with: npm run images\n');
    return exitCodes.findings;
  },
});
