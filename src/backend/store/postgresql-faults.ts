import { StoreError } from './errors.js';

/** Why a PostgreSQL server could not be used, and what to do; without the password of its address. */
export function connectionFault(databaseUrl: string, error: unknown): StoreError {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  const server = `${hostname}:${port === '' ? '5432' : port}`;
  const cause = rootOf(error);
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reasons: Record<string, string> = {
    ECONNREFUSED: `No PostgreSQL answers at ${server}. Start it, or correct DATABASE_URL.`,
    ENOTFOUND: `The host ${hostname} is not known. Correct DATABASE_URL.`,
    EAI_AGAIN: `The host ${hostname} is not known at present. Correct DATABASE_URL, or look after the name service.`,
    '28P01': `PostgreSQL at ${server} refuses the password of ${username}. Correct DATABASE_URL.`,
    '28000': `PostgreSQL at ${server} does not let ${username} in. Correct DATABASE_URL or the server's pg_hba.conf.`,
    '3D000': `PostgreSQL at ${server} has no database ${pathname.slice(1)}. Create it: createdb ${pathname.slice(1)}`,
    '42501': `${username} may not create tables in ${pathname.slice(1)} at ${server}. Give it the right: GRANT CREATE ON DATABASE and ON SCHEMA public.`,
    '53300': `PostgreSQL at ${server} has too many connections. Raise its max_connections, or stop who holds them.`,
    '57P03': `PostgreSQL at ${server} is starting or shutting down. Try again in a moment.`,
    '55P03': `Another backend has been bringing the tables at ${server} up to date for two minutes. Wait for it, or look what it does.`,
  };
  const message = cause instanceof Error ? cause.message : String(cause);
  const known =
    reasons[code] ??
    `PostgreSQL at ${server} cannot be used: ${message}. See whether it runs and whether DATABASE_URL fits.`;
  return new StoreError(known, { cause: error });
}

/** Drizzle wraps what the server said. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;
}
