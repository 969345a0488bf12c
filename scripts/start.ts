import { isSameFiles, type WidgetFiles } from './archive/files.js';
import { watchWidget } from './build/watch.js';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { progress } from './cli/progress.js';
import { serve, type Served, serveOptions } from './sandbox/serve.js';

await runCommand({
  usage: 'npm start --',
  summary:
    'Opens a Kommo account on localhost in which the widget is installed and works. Every edit of its sources\nreaches the page by itself.',
  options: serveOptions,
  examples: ['npm start', 'npm start -- --locale es --port 5000 --no-open'],
  async run(context) {
    const { stdout, outColors } = context;
    let newest: WidgetFiles | undefined;
    let served: Served | undefined;
    let broken = false;
    let isBuilt: () => void = () => undefined;
    const firstBuild = new Promise<void>((resolve) => {
      isBuilt = resolve;
    });
    const watching = watchWidget({
      built(files, milliseconds) {
        // The watch reports once more after the first build, and after a save that changes nothing.
        const isOld = newest !== undefined && isSameFiles(newest, files);
        newest = files;
        isBuilt();
        if (!isOld || broken) served?.rebuilt(0, files, milliseconds);
        broken = false;
      },
      failed(faults) {
        broken = true;
        // Without a build there is no account yet to show it in.
        if (served === undefined) stdout.write(`${outColors.red('error')} ${faults.join('\n      ')}\n`);
        else served.failed(faults);
      },
    });
    try {
      await progress('Building the widget', () => firstBuild);
      const files = newest ?? new Map<string, Buffer>();
      served = await serve([{ files, label: 'pipeline-messenger' }], context);
      if (newest !== files) served.rebuilt(0, newest ?? files, 0);
      await served.ended();
    } finally {
      await watching.close();
    }
    return exitCodes.done;
  },
});
