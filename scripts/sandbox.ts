import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { announceTo } from './sandbox/announce.js';
import { readFollowed } from './sandbox/follow-widget.js';
import { serve } from './sandbox/serve.js';
import { readServeOptions, serveOptions } from './sandbox/serve-options.js';

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
    const { positionals, values, stderr, errColors } = context;
    const options = readServeOptions(values);
    if (positionals.length === 0) {
      throw new UserError('The folder or the zip of at least one widget was expected.', {
        nextStep: 'For example: npm run sandbox -- ../my-widget/widget.zip',
      });
    }
    const warn = announceTo(stderr, errColors);
    const widgets = await Promise.all(positionals.map((label) => readFollowed(label, warn)));
    const served = await serve(widgets, options, context);
    const watches = widgets.map(({ follow }, index) => follow(index, served));
    await served.asked();
    for (const close of watches) close();
    await served.close();
    return exitCodes.done;
  },
});
