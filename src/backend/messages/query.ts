import { z } from 'zod';
import { longestMessagePage, messageState } from '../../contract/messages-api.js';
import { elementTypes } from '../../kommo/elements.js';
import { Refusal } from '../refusal.js';
import { readCursor } from './cursor.js';

const number = z
  .string()
  .regex(/^\d{1,15}$/, 'expected a whole number')
  .transform(Number);

/** Until the year 5138, so that every one of them is a date. */
const seconds = z
  .string()
  .regex(/^\d{1,11}$/, 'expected Unix seconds')
  .transform(Number);

const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',')));

/** A misspelt filter must not give messages that were not asked for. */
const schema = z.strictObject({
  element_type: z
    .enum([String(elementTypes.lead), String(elementTypes.customer)], 'expected 2 (lead) or 12 (customer)')
    .transform(Number)
    .optional(),
  element_id: number.optional(),
  state: several.pipe(z.array(messageState)).optional(),
  from: seconds.optional(),
  to: seconds.optional(),
  cursor: z
    .string()
    .transform((text, context) => {
      const cursor = readCursor(text);
      if (cursor !== undefined) return cursor;
      context.addIssue('expected the next_cursor of a page');
      return z.NEVER;
    })
    .optional(),
  limit: number
    .refine((value) => value >= 1 && value <= longestMessagePage, {
      error: `expected 1 to ${longestMessagePage}`,
    })
    .default(50),
});

export type ReadQuery = z.infer<typeof schema>;

/** @throws Refusal 400 `invalid_query`, naming every parameter that is wrong. */
export function readQuery(query: unknown): ReadQuery {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${String(path[0])}: ${message}`,
  );
  throw new Refusal(400, 'invalid_query', faults.join('; '));
}
