import PgBoss from 'pg-boss';

/** Runs one statement with its values. */
export type ExecuteSql = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** Runs any number of statements. */
export type ExecuteScript = (text: string) => Promise<{ rows: unknown[] }>;

/** pg-boss on the store's own connection, started. Errors of its own housekeeping go to `onError`. */
export async function startJobs(
  executeSql: ExecuteSql,
  executeScript: ExecuteScript,
  { onError }: { onError: (error: Error) => void },
): Promise<PgBoss> {
  const jobs = new PgBoss({
    db: {
      // Its types promise values that it does not always pass; without them a text may hold several statements.
      executeSql: (text, values: unknown[] | undefined) =>
        values === undefined || values.length === 0 ? executeScript(text) : executeSql(text, values),
    },
  });
  jobs.on('error', onError);
  await jobs.start();
  return jobs;
}
