import type { SettingsFieldName } from '../../contract/settings.js';
import type { WidgetSettings } from '../../kommo/settings.js';
import type { WidgetInstance } from '../../kommo/widget.js';
import { missingFields } from '../required-fields.js';

export type AttentionReason =
  | { kind: 'error' }
  | { kind: 'inactive' }
  /** Required fields without a saved value, in the order of the contract; never empty. */
  | { kind: 'missing'; fields: SettingsFieldName[] };

export type IntegrationState =
  | { kind: 'installed' | 'not_configured' }
  /** At least one reason, the gravest first. */
  | { kind: 'needs_attention'; reasons: AttentionReason[] };

/**
 * The state of the integration in this account, for a person to read.
 *
 * | install status          | what the settings say                | state                              |
 * |-------------------------|--------------------------------------|------------------------------------|
 * | any                     | status `error`, or it is itself that | needs attention: error, and below  |
 * | `install`               | anything else                        | not configured                     |
 * | `not_configured`        | anything else                        | not configured                     |
 * | `installed`             | nothing amiss                        | installed                          |
 * | `installed`             | active `N`                           | needs attention: inactive          |
 * | `installed`             | a required field empty               | needs attention: missing           |
 * | unknown, missing, throws | every required field filled         | as `installed`                     |
 * | unknown, missing, throws | a required field empty              | not configured                     |
 *
 * Before the first save an empty field and active `N` are the normal case, so they are a reason only after it.
 * `widget_active` counts before `active`, in either case of the letter; where both are missing nothing is said
 * about it. Sources: `platform/widget.md §3.2` (install status, system fields), `§6` (states). Whether
 * `set_status('error')` shows in the settings, in the install status or in both is not documented. Never throws.
 */
export function integrationState(
  widget: Pick<WidgetInstance, 'get_install_status' | 'get_settings'>,
): IntegrationState {
  const settings = attempt(() => widget.get_settings()) ?? {};
  const status: string | undefined = attempt(() => widget.get_install_status());
  const missing = missingFields(settings);
  const failed = settings.status === 'error' || status === 'error';
  const saved =
    status === 'installed' || (status !== 'install' && status !== 'not_configured' && missing.length === 0);
  if (!failed && !saved) return { kind: 'not_configured' };

  const reasons: AttentionReason[] = [];
  if (failed) reasons.push({ kind: 'error' });
  if (saved && isInactive(settings)) reasons.push({ kind: 'inactive' });
  if (missing.length > 0) reasons.push({ kind: 'missing', fields: missing });
  return reasons.length > 0 ? { kind: 'needs_attention', reasons } : { kind: 'installed' };
}

function isInactive(settings: WidgetSettings): boolean {
  const active: unknown = settings.widget_active ?? settings.active;
  return typeof active === 'string' && active.trim().toUpperCase() === 'N';
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
