import { mkdir } from 'node:fs/promises';
import { buildWidget } from './build/index.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { progress } from './cli/progress.js';
import { userPath } from './cli/user-path.js';
import { writeError } from './files/write-error.js';
import { readWidget } from './sandbox/read-widget.js';
import { launchChromium } from './setup/launch.js';
import { bundleHost } from '../src/sandbox/index.js';
import { inParallel } from './smoke/in-parallel.js';
import { smokeWidget, type SmokeWidget } from './smoke/index.js';
import { formatSummary, formatWidget } from './smoke/text.js';

await runCommand({
  usage: 'npm run smoke --',
  summary:
    'Takes widgets, folders or zips, through a Kommo account in a browser without a window: install, settings, every\nlocation of the manifest, the digital pipeline with an event, disable. Without a path it takes our own.',
  options: {
    format: { type: 'string', value: 'text|json', help: 'How the report is printed; default text.' },
    screenshots: { type: 'string', value: 'DIR', help: 'Writes a picture of every page into this folder.' },
  },
  maxPositionals: Number.POSITIVE_INFINITY,
  examples: [
    'npm run smoke',
    'npm run smoke -- ../my-widget/widget.zip --screenshots shots',
    'npm run --silent smoke -- ../my-widget --format json > report.json',
  ],
  async run({ values, positionals, stdout, stderr, outColors }) {
    const format = values['format'] ?? 'text';
    if (format !== 'text' && format !== 'json') {
      throw new UserError(`The format must be text or json; it is "${format as string}".`, {
        nextStep: 'See what it takes: npm run smoke -- --help',
      });
    }
    const folder = values['screenshots'] as string | undefined;
    const screenshots = folder === undefined ? undefined : userPath(folder);
    if (screenshots !== undefined) {
      await mkdir(screenshots, { recursive: true }).catch((error: unknown) => {
        throw writeError(error, screenshots);
      });
    }
    const started = performance.now();
    const widgets = await readWidgets(positionals);
    const browser = await launchChromium({ log: (line) => stderr.write(`${line}\n`) });
    try {
      const hostFiles = bundleHost();
      const tried = inParallel(widgets, (widget) => smokeWidget(widget, { browser, screenshots, hostFiles }));
      const results = [];
      for (const [index, result] of tried.entries()) {
        results.push(await progress(`Trying ${widgets[index]?.path ?? ''}`, () => result));
        const [newest] = results.slice(-1);
        if (format === 'text' && newest !== undefined) stdout.write(`${formatWidget(newest, outColors)}\n\n`);
      }
      const seconds = (performance.now() - started) / 1000;
      if (format === 'json') stdout.write(`${JSON.stringify({ widgets: results }, null, 2)}\n`);
      else stdout.write(`${formatSummary(results, seconds, outColors)}\n`);
      const isClean = results.every(({ errors, loaded }) => errors.length === 0 && loaded);
      return isClean ? exitCodes.done : exitCodes.findings;
    } finally {
      await browser.close();
    }
  },
});

/** The widgets of these paths; our own, as `npm run pack` would put it into the archive, when there is none. */
async function readWidgets(paths: readonly string[]): Promise<SmokeWidget[]> {
  if (paths.length === 0) {
    return [
      {
        path: 'pipeline-messenger',
        files: await progress('Building the widget', () => buildWidget()),
        problems: [],
      },
    ];
  }
  return Promise.all(paths.map(async (path) => ({ path, ...(await readWidget(userPath(path))) })));
}
