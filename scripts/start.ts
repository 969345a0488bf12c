import { isSameFiles, type WidgetFiles } from './archive/files.js';
import { watchWidget } from './build/watch.js';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { progress } from './cli/progress.js';
import { serve, type Served } from './sandbox/serve.js';
import { readServeOptions, serveOptions } from './sandbox/serve-options.js';

/** What came out of the sources last. */
interface Newest {
  files: WidgetFiles;
  /** Why the files are not those of the sources; none when they are. */
  faults: readonly string[];
}

await runCommand({
  usage: 'npm start --',
  summary:
    'Opens a Kommo account on localhost in which the widget is installed and works. Every edit of its sources\nreaches the page by itself.',
  options: serveOptions,
  examples: ['npm start', 'npm start -- --locale es --port 5000 --no-open'],
  async run(context) {
    const options = readServeOptions(context.values);
    let newest: Newest = { files: new Map<string, Buffer>(), faults: [] };
    let served: Served | undefined;
    let isBuilt: () => void = () => undefined;
    const firstBuild = new Promise<void>((resolve) => {
      isBuilt = resolve;
    });
    const watching = watchWidget({
      built(files, milliseconds) {
        // The watch reports once more after the first build, and after a save that changes nothing.
        const isOld = newest.faults.length === 0 && isSameFiles(newest.files, files);
        newest = { files, faults: [] };
        isBuilt();
        if (!isOld) served?.renew(0, files, 'built', `in ${milliseconds.toFixed(0)} ms`);
      },
      failed(faults) {
        newest = { files: newest.files, faults };
        isBuilt();
        served?.failed(0, faults);
      },
    });
    try {
      await progress('Building the widget', () => firstBuild);
      const { files, faults } = newest;
      const label = 'pipeline-messenger';
      served = await serve([{ files, label, ...(faults.length > 0 && { faults }) }], options, context);
      // What came while the account was starting.
      if (newest.faults !== faults && newest.faults.length > 0) served.failed(0, newest.faults);
      else if (newest.files !== files)
        served.renew(0, newest.files, 'built', 'while the account was starting');
      await served.ended();
    } finally {
      await watching.close();
    }
    return exitCodes.done;
  },
});
