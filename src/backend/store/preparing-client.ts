import { createHash } from 'node:crypto';
import pg from 'pg';

/** Statements that one connection keeps prepared; the backend has some dozens, most of them of one length. */
const mostPrepared = 200;

/**
 * A connection that has PostgreSQL keep the plans of statements with values: planning one of the queue's takes longer
 * than carrying it out.
 */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  override query(...args: unknown[]): never {
    const [statement, ...others] = args;
    const named = isStatement(statement, others[0])
      ? { ...statement, name: statement.name ?? this.#nameOf(statement.text) }
      : statement;
    return (super.query as (...args: unknown[]) => never)(named, ...others);
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= mostPrepared) return known;
    const name = createHash('sha256').update(text).digest('base64url');
    this.#names.set(text, name);
    return name;
  }
}

interface Statement {
  readonly text: string;
  readonly name?: string | undefined;
  readonly values?: readonly unknown[];
}

/** Without values it may hold several statements, which cannot be prepared. */
function isStatement(statement: unknown, values: unknown): statement is Statement {
  if (typeof statement !== 'object' || statement === null || !('text' in statement)) return false;
  const given = Array.isArray(values) ? values : 'values' in statement ? statement.values : undefined;
  return typeof statement.text === 'string' && Array.isArray(given) && given.length > 0;
}
