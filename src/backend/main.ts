import { runCommandLine } from './command/run.js';

try {
  // What the environment has itself wins.
  process.loadEnvFile('.env');
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
const { argv, env: environment, stdout, stderr } = process;
// What could not start in full may still hold a connection or a timer.
process.exit(await runCommandLine({ argv: argv.slice(2), environment, stdout, stderr }));
