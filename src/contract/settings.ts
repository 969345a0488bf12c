/**
 * The fields of `settings` in the manifest: what Kommo stores of the settings under Settings → Integrations.
 * A test holds the manifest against this table.
 */
export const settingsFields: Readonly<Record<SettingsFieldName, SettingsField>> = {
  /** Ids of the channels that are used, as {@link channelIds} reads them: never a credential. */
  channels: { type: 'custom', required: true },
};

export type SettingsFieldName = 'channels';

export interface SettingsField {
  /** Drawn by the widget. Kommo allows one of them and stores it only as JSON (`platform/widget.md §1.4`). */
  type: 'custom';
  required: boolean;
}

/**
 * The ids in a value of the field `channels`. Kommo gives it back as text or parsed, and its server may have made an
 * object of the list (`platform/widget.md §1.4`, `§5.4`). What is no list holds none.
 */
export function channelIds(value: unknown): string[] {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (typeof list !== 'object' || list === null) return [];
  return Object.values(list).filter((id): id is string => typeof id === 'string' && id !== '');
}

/** The value for these channels; empty for none, which Kommo takes for a field that is not filled in. */
export function channelsValue(ids: readonly string[]): string {
  return ids.length === 0 ? '' : JSON.stringify(ids);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
