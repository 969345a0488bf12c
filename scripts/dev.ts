import { once } from 'node:events';
import type { WidgetFiles } from './archive/files.js';
import { watchWidget } from './build/watch.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { serveWidget } from './dev/server.js';
import { webhookUrl } from './pack/webhook-url.js';

await runCommand({
  usage: 'npm run dev --',
  summary:
    'Builds the widget at every edit and serves it to the development archive (npm run pack -- --dev). Its settings call\nthe backend of WEBHOOK_URL of the environment; without it, that of the manifest.',
  options: { port: { type: 'string', value: 'PORT', help: 'Where to serve on localhost; default 4000.' } },
  async run({ values, stdout, outColors }) {
    const wanted = values['port'] ?? '4000';
    const port = typeof wanted === 'string' && /^\d{1,5}$/.test(wanted) ? Number(wanted) : Number.NaN;
    if (!(port <= 65535)) {
      throw new UserError(`--port takes a number from 0 to 65535; it got "${String(wanted)}".`);
    }
    let files: WidgetFiles = new Map();
    const server = await serveWidget(() => files, { port });
    const watching = watchWidget({
      webhookUrl: webhookUrl(undefined, process.env),
      built(next, milliseconds) {
        const first = files.size === 0;
        files = next;
        stdout.write(`${outColors.green('built')} in ${milliseconds.toFixed(0)} ms\n`);
        if (first) stdout.write(`ready ${server.url}\n`);
      },
      failed(faults) {
        stdout.write(`${outColors.red('error')} ${faults.join('\n      ')}\n`);
      },
    });
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await Promise.all([watching.close(), server.close()]);
    return exitCodes.done;
  },
});
