import path from 'node:path';

/**
 * A path as the user meant it: relative to where the command was typed. npm starts commands in the project's root
 * and tells that place in `INIT_CWD`.
 */
export function userPath(typed: string, { env = process.env } = {}): string {
  return path.resolve(env['INIT_CWD'] ?? process.cwd(), typed);
}
