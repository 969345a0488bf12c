import path from 'node:path';
import type { Platform } from './build/target.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { fileTree } from './cli/file-tree.js';
import { userPath } from './cli/user-path.js';
import { progress } from './cli/progress.js';
import { formatBytes } from './cli/sizes.js';
import { defaultDevServer, devOrigin } from './pack/dev-archive.js';
import { preparePack } from './pack/index.js';
import { isPlaceholder, webhookUrl } from './pack/webhook-url.js';
import { formatReport } from './validate/index.js';

await runCommand({
  usage: 'npm run pack --',
  summary:
    'Builds and checks the widget, raises widget.version and writes the archive for the upload, all or nothing.',
  options: {
    target: {
      type: 'string',
      value: 'kommo|amocrm',
      help: 'The platform; default kommo. For amocrm its languages and locations, into dist/amocrm/.',
    },
    bump: {
      type: 'string',
      value: 'LEVEL',
      help: 'patch (default), minor, major, none, or a version such as 1.2.3. For amocrm the default is none unless this version was packed for it before.',
    },
    out: { type: 'string', value: 'FILE', help: 'Write the archive there instead of into dist/.' },
    'webhook-url': {
      type: 'string',
      value: 'URL',
      help: 'The address that the platform calls for each event; default: WEBHOOK_URL of the environment.',
    },
    'dry-run': { type: 'boolean', help: 'Show what would happen and write nothing.' },
    dev: {
      type: 'boolean',
      help: 'A development archive: takes the widget from npm run dev while that runs.',
    },
    url: {
      type: 'string',
      value: 'URL',
      help: `With --dev: where npm run dev serves; default ${defaultDevServer}.`,
    },
  },
  examples: [
    'npm run pack',
    'npm run pack -- --bump minor --webhook-url https://…',
    'npm run pack -- --target amocrm',
    'npm run pack -- --dev',
  ],
  async run({ values, stdout, stderr, outColors, errColors }) {
    const dev = values['dev'] === true;
    const dryRun = values['dry-run'] === true;
    const text = (name: string): string | undefined => values[name] as string | undefined;
    if (text('url') !== undefined && !dev) throw new UserError('--url goes with --dev.');

    const devServer = dev ? devOrigin(text('url') ?? defaultDevServer) : undefined;
    const address = webhookUrl(text('webhook-url'), process.env);
    const pack = await progress('Building and checking the widget', () =>
      preparePack({
        bump: text('bump'),
        target: platform(text('target')),
        out: archivePlace(text('out')),
        webhookUrl: address,
        devServer,
      }),
    );
    if (pack.report.findings.length > 0)
      stderr.write(
        `${formatReport('text', [pack.checked], { columns: stderr.columns, color: errColors.isColorSupported })}\n`,
      );
    if (pack.report.summary.errors > 0) {
      stderr.write(
        `${errColors.red('error')} The widget has errors, so nothing was packed and nothing was changed.\n`,
      );
      return exitCodes.findings;
    }
    if (!dryRun) await pack.write();
    if (isPlaceholder(pack.webhookUrl)) {
      stderr.write(
        `${errColors.yellow('warning')} The webhook address is a placeholder, so the platform has nobody to send events to:\n`,
      );
      stderr.write('        set it with --webhook-url or WEBHOOK_URL before you upload.\n');
    }

    stdout.write(`${fileTree(pack.files, outColors)}\n\n`);
    const version = pack.version === pack.from ? pack.version : `${pack.from} → ${pack.version}`;
    const verb = dryRun ? outColors.yellow('would pack') : outColors.green('packed');
    stdout.write(
      `${verb} version ${version}, ${formatBytes(pack.zip.length)}${dev ? ', for development only' : ''}\n`,
    );
    for (const archive of pack.archives) stdout.write(`  ${path.relative(process.cwd(), archive)}\n`);
    stdout.write(`  SHA-256 ${pack.sha256}\n`);
    if (text('target') === 'amocrm' && !dev && !pack.archives.some(isNamedForUpload)) {
      stdout.write('amoCRM takes the archive only under the name widget.zip: rename it for the upload.\n');
    }
    if (dryRun) stdout.write('Nothing was written.\n');
    return exitCodes.done;
  },
});

function platform(target: string | undefined): Platform | undefined {
  if (target === undefined || target === 'kommo' || target === 'amocrm') return target;
  throw new UserError(`--target takes kommo or amocrm; it got "${target}".`);
}

function isNamedForUpload(archive: string): boolean {
  return path.basename(archive) === 'widget.zip';
}

/** Only names of archives, since whatever is there is replaced. */
function archivePlace(out: string | undefined): string | undefined {
  if (out === undefined) return undefined;
  if (/\.zip$/i.test(out)) return userPath(out);
  throw new UserError(`--out takes the name of an archive, ending in .zip; it got "${out}".`);
}
