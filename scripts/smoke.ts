import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { buildWidget } from './build/index.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { inParallel } from './cli/in-parallel.js';
import { progress } from './cli/progress.js';
import { userPath } from './cli/user-path.js';
import { writeError } from './files/write-error.js';
import { readWidget } from './sandbox/read-widget.js';
import type { SmokeWidget } from './smoke/index.js';
import type { WidgetResult } from './smoke/result.js';
import { formatSummary, formatWidget, isPassed } from './smoke/text.js';

/** How many widgets are tried at once: while one waits for its page, another can work. */
const lanes = Math.min(6, availableParallelism() + 1);

await runCommand({
  usage: 'npm run smoke --',
  takes: '[FOLDER|ZIP]… [OPTIONS]',
  summary:
    'Takes built widgets through a Kommo account in a browser without a window:\n' +
    'install, settings, every location of the manifest, the digital pipeline with an\n' +
    'event, disable. Without a path it takes our own.',
  options: {
    format: { type: 'string', value: 'text|json', help: 'How the report is printed; default text.' },
    screenshots: { type: 'string', value: 'DIR', help: 'Write a picture of every page into this folder.' },
  },
  maxPositionals: Number.POSITIVE_INFINITY,
  examples: [
    'npm run smoke',
    'npm run smoke -- ../my-widget/widget.zip --screenshots shots',
    'npm run --silent smoke -- ../my-widget --format json > report.json',
  ],
  async run({ values, positionals, stdout, stderr, outColors: colors }) {
    const format = formatOf(values['format'] as string | undefined);
    const screenshots = await folderOf(values['screenshots'] as string | undefined);
    const started = performance.now();
    const widgets = positionals.length > 0 ? await readWidgets(positionals) : await ownWidget();
    // They take a second to load, which a command that is used wrongly need not take.
    const [{ launchChromium }, { bundleHost }, { smokeWidget }] = await Promise.all([
      import('./setup/launch.js'),
      import('../src/sandbox/index.js'),
      import('./smoke/index.js'),
    ]);
    const browser = await launchChromium({ log: (line) => stderr.write(`${line}\n`) });
    const text = { colors, columns: stdout.columns };
    try {
      const hostFiles = bundleHost();
      const tried = inParallel(
        widgets,
        (widget) => smokeWidget(widget, { browser, screenshots, hostFiles }),
        { lanes },
      );
      const results: WidgetResult[] = [];
      for (const [index, result] of tried.entries()) {
        const newest = await progress(`Trying ${widgets[index]?.path ?? ''}`, () => result);
        results.push(newest);
        if (format === 'text') stdout.write(`${formatWidget(newest, text)}\n\n`);
      }
      const seconds = (performance.now() - started) / 1000;
      if (format === 'json') stdout.write(`${JSON.stringify({ widgets: results }, null, 2)}\n`);
      else stdout.write(`${formatSummary(results, seconds, text)}\n`);
      return results.every(isPassed) ? exitCodes.done : exitCodes.findings;
    } finally {
      await browser.close();
    }
  },
});

function formatOf(typed = 'text'): 'text' | 'json' {
  if (typed === 'text' || typed === 'json') return typed;
  throw new UserError(`The format must be text or json; it is "${typed}".`, {
    nextStep: 'See what it takes: npm run smoke -- --help',
  });
}

/** The folder for pictures, made where it is not there. */
async function folderOf(typed: string | undefined): Promise<string | undefined> {
  if (typed === undefined) return undefined;
  const folder = userPath(typed);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  return folder;
}

function readWidgets(paths: readonly string[]): Promise<SmokeWidget[]> {
  return Promise.all(paths.map(async (path) => ({ path, ...(await readWidget(userPath(path))) })));
}

/** Our own widget, as `npm run pack` would put it into the archive. */
async function ownWidget(): Promise<SmokeWidget[]> {
  const files = await progress('Building the widget', () => buildWidget());
  return [{ path: 'pipeline-messenger', files, problems: [] }];
}
