import { buildBackend } from './build/backend.js';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';

await runCommand({
  usage: 'npm run build:backend --',
  summary: 'Makes dist/backend: the backend as JavaScript that runs without development dependencies.',
  options: { 'if-stale': { type: 'boolean', help: 'Does nothing when no source has changed since.' } },
  async run({ values, stdout }) {
    const made = await buildBackend({ ifStale: values['if-stale'] === true });
    if (made !== undefined && values['if-stale'] !== true) stdout.write(`${made}\n`);
    return exitCodes.done;
  },
});
