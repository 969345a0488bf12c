import { missingFields } from './required-fields.js';
import type { Words } from './words.js';

/** Tells the user something in a notification of the platform. */
export type Notify = (text: string) => void;

/**
 * Decides whether the platform may regard the integration as configured (`platform/widget.md §6`):
 *
 * | active        | required fields | answer | the user is told            |
 * |---------------|-----------------|--------|-----------------------------|
 * | Y             | filled          | true   | –                           |
 * | Y             | something empty | false  | which fields to fill in     |
 * | N (disabling) | any             | false  | –                           |
 * | anything else | any             | false  | that nothing could be read  |
 *
 * Never throws, since an exception here leaves the administrator before a modal that doesn't react.
 */
export function answerSave(event: unknown, words: Words, notify: Notify): boolean {
  const { active, fields } = readEvent(event);
  if (active === 'N') return false;
  if (active !== 'Y') {
    notify(words('errors.unreadable'));
    return false;
  }
  const missing = missingFields(fields);
  if (missing.length > 0) {
    notify(words('errors.required', { fields: missing.map((name) => words(`settings.${name}`)).join(', ') }));
    return false;
  }
  return true;
}

function readEvent(event: unknown): { active: unknown; fields: unknown } {
  const { active, fields } = (typeof event === 'object' && event !== null ? event : {}) as Record<
    string,
    unknown
  >;
  return { active: typeof active === 'string' ? active.trim().toUpperCase() : active, fields };
}
