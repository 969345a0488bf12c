import qs from 'qs';
import type { FastifyInstance } from 'fastify';

const formType = 'application/x-www-form-urlencoded';

/**
 * Takes form bodies in, as text; {@link bodyFields} reads them. To be called in a room of its own (`register`),
 * since it takes the place of the outer server's reading of forms.
 */
export function acceptForms(room: FastifyInstance): void {
  if (room.hasContentTypeParser(formType)) room.removeContentTypeParser(formType);
  room.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
}

/**
 * The fields of a JSON or form body, whichever came; without fields when the body is anything else. A form may
 * nest by PHP's brackets, at most 20 levels and 20,000 fields. A key in brackets always makes an object, for
 * user ids as keys look like the places of a list.
 *
 * @throws FormTooLarge, which answers with 400, when a form goes beyond that.
 */
export function bodyFields(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'string') return isRecord(body) ? body : {};
  try {
    return qs.parse(body, {
      depth: 20,
      strictDepth: true,
      parameterLimit: 20_000,
      throwOnLimitExceeded: true,
      parseArrays: false,
    });
  } catch (error) {
    throw new FormTooLarge(error);
  }
}

export class FormTooLarge extends RangeError {
  override readonly name = 'FormTooLarge';
  readonly statusCode = 400;

  constructor(cause: unknown) {
    super('A form of at most 20 levels and 20,000 fields was expected.', { cause });
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field that came once; undefined when it is missing, came twice, or is no text. */
export function textField(fields: unknown, name: string): string | undefined {
  if (!isRecord(fields) || !Object.hasOwn(fields, name)) return undefined;
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}
