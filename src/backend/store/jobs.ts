import PgBoss from 'pg-boss';
import type { Log } from '../log.js';
import { within } from './deadline.js';

/** Runs one statement with its values. */
export type ExecuteSql = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** Runs any number of statements. */
export type ExecuteScript = (text: string) => Promise<{ rows: unknown[] }>;

const hour = 3600;

/**
 * pg-boss on the store's own connection, started. Its housekeeping runs in one process at a time, whichever comes first
 * when an interval is over.
 */
export async function startJobs(
  executeSql: ExecuteSql,
  executeScript: ExecuteScript,
  { log }: { log: Log | undefined },
): Promise<PgBoss> {
  const jobs = new PgBoss({
    db: {
      // Its types promise values that it does not always pass; without them a text may hold several statements.
      executeSql: (text, values: unknown[] | undefined) =>
        values === undefined || values.length === 0 ? executeScript(text) : executeSql(text, values),
    },
    maintenanceIntervalSeconds: 120,
    archiveCompletedAfterSeconds: hour,
    archiveFailedAfterSeconds: 12 * hour,
    deleteAfterDays: 3,
  });
  jobs.on('error', (error) => {
    log?.error(
      { err: error },
      'Background jobs could not reach the store or one of their own statements failed',
    );
  });
  await jobs.start();
  return jobs;
}

/** Lets jobs in flight finish for at most `seconds`; what is left then is tried again later. Never rejects. */
export async function stopJobs(
  jobs: PgBoss,
  { log, seconds = 5 }: { log: Log | undefined; seconds?: number },
): Promise<void> {
  try {
    const stopping = jobs.stop({ graceful: true, close: false, wait: true, timeout: seconds * 1000 });
    await within((seconds + 2) * 1000, 'Background jobs did not stop in time.', stopping);
  } catch (error) {
    log?.warn({ err: error }, 'Background jobs were not stopped in good order; they are tried again later');
  }
}
