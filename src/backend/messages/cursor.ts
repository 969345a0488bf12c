/** The last message of a page. Its time has microseconds, which a `Date` would lose. */
export interface Cursor {
  /** As `2026-01-31T12:00:00.123456Z`. */
  readonly createdAt: string;
  readonly id: string;
}

const written =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** For the address of the next page. */
export function writeCursor({ createdAt, id }: Cursor): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** Undefined for anything that {@link writeCursor} has not written. */
export function readCursor(text: string): Cursor | undefined {
  const [, createdAt, id] = written.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (createdAt === undefined || id === undefined || !isDay(createdAt.slice(0, 10))) return undefined;
  return { createdAt, id };
}

/** The pattern lets the 31st of February through, which the store would refuse. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
