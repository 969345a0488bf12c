import PgBoss from 'pg-boss';
import type { Log } from '../log.js';
import { within } from './deadline.js';

/** Runs one statement with its values. */
export type ExecuteSql = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** Runs any number of statements. */
export type ExecuteScript = (text: string) => Promise<{ rows: unknown[] }>;

const hour = 3600;

/** Where pg-boss keeps what its schedules have made due; it works on it by itself. */
const scheduleQueue = '__pgboss__send-it';

/**
 * pg-boss on the store's own connection, started. Its housekeeping runs in one process at a time, whichever comes first
 * when an interval is over.
 */
export async function startJobs(
  executeSql: ExecuteSql,
  executeScript: ExecuteScript,
  { log }: { log: Log | undefined },
): Promise<PgBoss> {
  const tell = (error: unknown): void => {
    log?.error({ err: error }, 'pg-boss could not reach the store, or a statement of its own failed');
  };
  const execute = (text: string, values: unknown[] | undefined): Promise<{ rows: unknown[] }> =>
    // Its types promise values that it does not always pass; without them a text may hold several statements.
    values === undefined || values.length === 0 ? executeScript(text) : executeSql(text, values);

  const jobs = new PgBoss({
    db: {
      async executeSql(text, values: unknown[] | undefined) {
        try {
          return await execute(text, values);
        } catch (error) {
          if (!endsScheduled(values)) throw error;
          // Nobody awaits this call of pg-boss: its rejection would end the process. The job expires and runs again.
          tell(error);
          return {} as { rows: unknown[] };
        }
      },
    },
    maintenanceIntervalSeconds: 120,
    archiveCompletedAfterSeconds: hour,
    archiveFailedAfterSeconds: 12 * hour,
    deleteAfterDays: 3,
  });
  jobs.on('error', tell);
  await jobs.start();
  return jobs;
}

/** Completing or failing jobs: the queue, their ids, and what came out. */
function endsScheduled(values: unknown[] | undefined): boolean {
  return values?.length === 3 && values[0] === scheduleQueue && Array.isArray(values[1]);
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
