import type { SettingsFieldName } from '../contract/settings.js';
import { missingFields } from './required-fields.js';
import type { Words } from './words.js';

/** Tells the user something in a notification of the platform; its title is the widget's name unless given. */
export type Notify = (text: string, title?: string) => void;

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
  const { active, missing } = readEvent(event);
  if (active === 'N') return false;
  if (active !== 'Y') {
    notify(words('errors.unreadable'), words('errors.title'));
    return false;
  }
  if (missing.length > 0) {
    const fields = missing.map((name) => words(`settings.${name}`)).join(', ');
    notify(words('errors.required', { fields }), words('errors.title'));
    return false;
  }
  return true;
}

function readEvent(event: unknown): { active?: unknown; missing: SettingsFieldName[] } {
  try {
    const { active, fields } = event as { active?: unknown; fields?: unknown };
    const missing = missingFields(fields);
    return { active: typeof active === 'string' ? active.trim().toUpperCase() : active, missing };
  } catch {
    return { missing: [] };
  }
}
