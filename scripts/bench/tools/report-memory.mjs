/** Has a process write the most memory that it ever held, in kilobytes, to its fourth stream when it ends. */
import { writeSync } from 'node:fs';

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
