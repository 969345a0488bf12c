import type { FastifyInstance } from 'fastify';

/** As deep as PHP's own reader goes unless told otherwise; what is deeper could not be written out again. */
const deepest = 512;

/**
 * The value of a JSON text in UTF-8.
 *
 * @throws SyntaxError when it is not UTF-8, no JSON, or nested deeper than 512 levels.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new SyntaxError('The body must be JSON in UTF-8.');
  }
  if (isDeeper(value, deepest)) {
    throw new SyntaxError(`The body must be JSON of at most ${deepest} levels.`);
  }
  return value;
}

/**
 * Reads bodies of these types as JSON. An empty one counts as none: clients send the content type with `DELETE` as
 * well. What cannot be read is refused with 400.
 */
export function readJsonBodies(app: FastifyInstance, types: string[]): void {
  app.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(Object.assign(error as SyntaxError, { statusCode: 400 }));
    }
  });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}
