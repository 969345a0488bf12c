import { lockFolder } from '../../../../src/backend/store/folder-lock.js';

/** `hold-folder.ts FOLDER`: says `held` or why not, and holds the folder until its input ends. */
try {
  const lock = await lockFolder(process.argv[2] ?? '');
  process.stdout.write('held\n');
  process.stdin.resume();
  process.stdin.on('end', () => void lock.release());
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
