import type { ConnectionState } from '../../contract/connections-api.js';
import { channelIds } from '../../contract/settings.js';
import type { WidgetSettings } from '../../kommo/settings.js';
import type { WidgetInstance } from '../../kommo/widget.js';

export type AttentionReason =
  | { kind: 'error' }
  | { kind: 'inactive' }
  /** Names of the channels that the chat service does not let us use any more; never empty. */
  | { kind: 'disconnected'; channels: string[] }
  /** No channel is saved. */
  | { kind: 'missing' };

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
 * | `installed`             | no saved channel                     | needs attention: missing           |
 * | `installed`             | a saved channel is disconnected      | needs attention: disconnected      |
 * | unknown, missing, throws | a saved channel                     | as `installed`                     |
 * | unknown, missing, throws | no saved channel                    | not configured                     |
 *
 * A channel is saved where Kommo has stored it and the backend, once it has been asked, says so too. Before the first
 * save an empty field and active `N` are the normal case, so they are a reason only after it.
 * `widget_active` counts before `active`, in either case of the letter; where both are missing nothing is said
 * about it. Sources: `platform/widget.md §3.2` (install status, system fields), `§6` (states). Whether
 * `set_status('error')` shows in the settings, in the install status or in both is not documented. Never throws.
 */
export function integrationState(
  widget: Pick<WidgetInstance, 'get_install_status' | 'get_settings'>,
  connections?: Pick<ConnectionState, 'channels'>,
): IntegrationState {
  const settings = attempt(() => widget.get_settings()) ?? {};
  const status: string | undefined = attempt(() => widget.get_install_status());
  const saved = connections?.channels.filter((channel) => channel.is_saved);
  const isMissing = channelIds(settings['channels']).length === 0 || saved?.length === 0;
  const failed = settings.status === 'error' || status === 'error';
  const isSaved =
    status === 'installed' || (status !== 'install' && status !== 'not_configured' && !isMissing);
  if (!failed && !isSaved) return { kind: 'not_configured' };
  const lost = (saved ?? []).filter((channel) => channel.state === 'disconnected').map(({ name }) => name);

  const reasons: AttentionReason[] = [];
  if (failed) reasons.push({ kind: 'error' });
  if (isSaved && isInactive(settings)) reasons.push({ kind: 'inactive' });
  if (lost.length > 0) reasons.push({ kind: 'disconnected', channels: lost });
  if (isMissing) reasons.push({ kind: 'missing' });
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
