import { compareVersions, versionNumbers } from '../../../src/kommo/version.js';
import type { JsonDocument } from '../json-document.js';
import type { Problem, Rule } from '../rule.js';
import type { Uploaded } from '../uploaded/uploaded.js';
import { quote } from '../words.js';
import { onManifest } from './manifest.js';

/** What the manifest must be beside the one that was uploaded last, where somebody has said what that was. */
export const uploadedRules: readonly Rule[] = [
  {
    code: 'manifest/version-not-raised',
    severity: 'warning',
    title: 'The version is higher than the one that was uploaded last.',
    help: 'Browsers fetch the files of the widget anew only for a new version, so users may go on with the old ones. Raise widget.version before each upload. The rule holds where --uploaded, or "uploaded" in widget.config.json, says what was uploaded last.',
    source: 'platform/widget.md §1.9 M18, §2.5',
    check: besideUploaded((manifest, uploaded) => {
      const version = manifest.get(['widget', 'version']);
      const last = uploaded.version;
      if (typeof version !== 'string' || last === null) return [];
      if (isHigher(version, last) || isOther(manifest, uploaded)) return [];
      return [
        {
          message:
            version === last
              ? `Version ${quote(version)} is the one that was uploaded last: raise it.`
              : `Version ${quote(version)} is not higher than ${quote(last)}, which was uploaded last: raise it.`,
          ...manifest.spot(['widget', 'version']),
          expected: `a version higher than ${last}`,
          found: quote(version),
        },
      ];
    }),
  },
  {
    code: 'manifest/code-changed',
    severity: 'warning',
    title: 'A widget that has a code keeps it from upload to upload.',
    help: 'An old widget that was never converted is updated by its code, so another code is another widget for the platform. Put the code of the uploaded widget back, or name the archive of this one as uploaded last.',
    source: 'platform/widget.md §1.2, inferred',
    check: besideUploaded((manifest, uploaded) => {
      if (!isOther(manifest, uploaded)) return [];
      const [before, now] = [quote(uploaded.code ?? ''), quote(codeOf(manifest) ?? '')];
      return [
        {
          message: `The widget has the code ${now}; what was uploaded last has ${before}.`,
          ...manifest.spot(['widget', 'code']),
          expected: before,
          found: now,
        },
      ];
    }),
  },
];

function besideUploaded(check: (manifest: JsonDocument, uploaded: Uploaded) => Problem[]): Rule['check'] {
  return onManifest((manifest, { uploaded }) => (uploaded === null ? [] : check(manifest, uploaded)));
}

/** Of texts that are no numbers nobody can say which is higher; `manifest/no-version` tells of such a version. */
function isHigher(version: string, last: string): boolean {
  const [now, before] = [versionNumbers(version), versionNumbers(last)];
  return now === null || before === null ? version !== last : compareVersions(now, before) > 0;
}

/** Whether the codes tell that it is another widget; its version then says nothing of this one's. */
function isOther(manifest: JsonDocument, { code: last }: Uploaded): boolean {
  const code = codeOf(manifest);
  return code !== null && last !== null && code !== last;
}

function codeOf(manifest: JsonDocument): string | null {
  const code = manifest.get(['widget', 'code']);
  return typeof code === 'string' && code !== '' ? code : null;
}
