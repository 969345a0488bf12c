import { compareVersions, versionNumbers } from '../../src/kommo/version.js';
import { UserError } from '../cli/errors.js';

/** How `widget.version` is raised: a part of it, not at all, or to a version of its own. */
export type Bump = 'major' | 'minor' | 'patch' | 'none' | `${number}.${number}.${number}`;

const parts = ['major', 'minor', 'patch'] as const;
const pattern = /^(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})$/;

/**
 * The version of the next archive. `current` is what the manifest says now.
 *
 * | bump                | 1.4.2 becomes                                          |
 * |---------------------|--------------------------------------------------------|
 * | major, minor, patch | 2.0.0, 1.5.0, 1.4.3                                    |
 * | none                | 1.4.2                                                  |
 * | X.Y.Z               | X.Y.Z, which must be higher: the platform serves fresh |
 * |                     | files only for a higher version                        |
 *
 * Throws a `UserError` for anything else. A `current` that is no X.Y.Z (the platform takes any text, or none) can
 * only be replaced by X.Y.Z or kept; it becomes part of a file's name, so its letters are limited.
 */
export function nextVersion(current: string, bump: string): string {
  if (bump === 'none') return usable(current);
  const wanted = pattern.test(bump) ? versionNumbers(bump) : null;
  const part = parts.findIndex((name) => name === bump);
  if (wanted === null && part === -1) {
    throw new UserError(
      `--bump takes patch, minor, major, none or a version such as 1.2.3; it got "${bump}".`,
    );
  }
  const now = pattern.test(current) ? versionNumbers(current) : null;
  if (now === null) {
    if (wanted !== null) return bump;
    throw new UserError(`widget.version is "${current}": only a version of the form 1.2.3 can be raised.`, {
      nextStep: 'Give the next version yourself: npm run pack -- --bump 1.0.0',
    });
  }
  if (wanted === null)
    return now.map((value, index) => (index < part ? value : index === part ? value + 1 : 0)).join('.');
  if (compareVersions(wanted, now) <= 0) {
    throw new UserError(`--bump ${bump} is not higher than the present version ${current}.`, {
      nextStep: 'Give a higher version, or keep the present one with --bump none.',
    });
  }
  return bump;
}

function usable(current: string): string {
  if (/^\w[\w.+-]*$/.test(current)) return current;
  throw new UserError(`widget.version is "${current}", which cannot be part of a file name.`, {
    nextStep: 'Give the next version yourself: npm run pack -- --bump 1.0.0',
  });
}
