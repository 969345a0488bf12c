import type { CodeCheck } from '../../script/check.js';
import { commentedOutCodeName } from '../../script/source.js';
import { advised } from './levels.js';

/** What stands in comments; `script/comments.ts` has the table of what counts. */
export const commentChecks: readonly CodeCheck[] = [
  {
    code: commentedOutCodeName,
    severity: advised,
    title: 'Comments explain; they hold no code that was switched off.',
    help: 'Moderation refuses code in comments. Delete it; if it shows how something is used, make it a doc comment (/** … */).',
    source: 'platform/widget.md §8 rule 7; whether a text is code is inferred, hence no error',
  },
];
