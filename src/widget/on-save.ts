import type { Words } from './words.js';

/** Tells the user something in a notification of the platform; its title is the widget's name unless given. */
export type Notify = (text: string, title?: string) => void;

export interface SaveParts {
  readonly words: Words;
  readonly notify: Notify;
  /**
   * Has the backend use what is chosen in the open settings; true once it says that it does. It may write into
   * `fields` before it returns.
   */
  readonly save: (fields: unknown) => Promise<boolean>;
}

/**
 * Decides whether the platform may regard the integration as configured (`platform/widget.md §6`):
 *
 * | active        | the backend     | answer                      | the user is told           |
 * |---------------|-----------------|-----------------------------|----------------------------|
 * | Y             | has saved       | a promise, kept with true   | –                          |
 * | Y             | has not         | a promise, rejected         | why, by whoever saves      |
 * | N (disabling) | is not asked    | false                       | –                          |
 * | anything else | is not asked    | false                       | that nothing could be read |
 *
 * Rejected, since the platform takes every promise that is kept for a yes (`§4.1`). Never throws, since an exception
 * here leaves the administrator before a modal that doesn't react.
 */
export function answerSave(event: unknown, { words, notify, save }: SaveParts): false | Promise<true> {
  const { active, fields } = readEvent(event);
  if (active === 'N') return false;
  if (active !== 'Y') {
    notify(words('errors.unreadable'), words('errors.title'));
    return false;
  }
  const saving = save(fields).then((isSaved) => {
    if (!isSaved) throw new Error(words('connection.save.failed'));
    return true as const;
  });
  // A platform that hears of kept promises alone must not have an unhandled rejection of ours.
  saving.catch(() => undefined);
  return saving;
}

function readEvent(event: unknown): { active?: unknown; fields?: unknown } {
  try {
    const { active, fields } = event as { active?: unknown; fields?: unknown };
    return { active: typeof active === 'string' ? active.trim().toUpperCase() : active, fields };
  } catch {
    return {};
  }
}
