import type { Senders } from '../../../../src/backend/delivery/sender.js';

/** Nothing is connected; `title` stands in the notes all the same. */
export function noSenders(title?: string): Senders {
  return {
    of: () => Promise.resolve(undefined),
    again: () => Promise.reject(new Error('Nothing was tried before.')),
    titleOf: () => title,
  };
}
