import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { userPath } from './cli/user-path.js';
import { readWidget } from './sandbox/read-widget.js';
import { serve, type Served, serveOptions } from './sandbox/serve.js';
import { watchPath } from './sandbox/watch-path.js';

await runCommand({
  usage: 'npm run sandbox --',
  summary:
    'Opens a Kommo account on localhost with any built widgets, folders or zips. A change of theirs reaches the page\nby itself.',
  options: serveOptions,
  maxPositionals: Number.POSITIVE_INFINITY,
  examples: [
    'npm run sandbox -- ../my-widget/widget.zip',
    'npm run sandbox -- ../my-widget/dist ../other.zip',
  ],
  async run(context) {
    const { positionals, stderr, errColors } = context;
    if (positionals.length === 0) {
      throw new UserError('The folder or the zip of at least one widget was expected.', {
        nextStep: 'For example: npm run sandbox -- ../my-widget/widget.zip',
      });
    }
    const widgets = await Promise.all(
      positionals.map(async (label) => {
        const place = userPath(label);
        const { files, problems } = await readWidget(place);
        for (const problem of problems)
          stderr.write(`${errColors.yellow('left out')} ${label}: ${problem}\n`);
        return { label, place, files };
      }),
    );
    const running: { served?: Served } = {};
    const watches = await Promise.all(
      widgets.map(({ place, label }, index) =>
        watchPath(place, async () => {
          const started = performance.now();
          try {
            const { files } = await readWidget(place);
            running.served?.rebuilt(index, files, performance.now() - started);
          } catch (error) {
            // The author's build may be writing it just now.
            running.served?.failed([`${label}: ${(error as Error).message}`]);
          }
        }),
      ),
    );
    running.served = await serve(widgets, context);
    await running.served.ended();
    for (const close of watches) close();
    return exitCodes.done;
  },
});
