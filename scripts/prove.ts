import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { runPackage } from './cli/run-package.js';
import { ensureBrowser } from './setup/browser.js';

await runCommand({
  usage: 'npm run prove',
  summary:
    'Runs the long proofs in full and prints their figures: interrupted packs, damaged and random widgets, malformed calls,\na backend that is killed under load.',
  options: {},
  async run({ stderr }) {
    await ensureBrowser({ log: (line) => stderr.write(`${line}\n`) });
    const env = { ...process.env, PROVE: 'full' };
    const exitCode = await runPackage('vitest', 'vitest.mjs', ['run', '.proof.test.ts'], { env });
    return exitCode === 0 ? exitCodes.done : exitCodes.findings;
  },
});
