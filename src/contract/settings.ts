/**
 * The fields of `settings` in the manifest: what an administrator fills in under Settings → Integrations.
 * A test holds the manifest against this table.
 */
export const settingsFields: Readonly<Record<SettingsFieldName, SettingsField>> = {
  /** The number or name that messages come from, as the chat service knows it. */
  sender: { type: 'text', required: true },
};

export type SettingsFieldName = 'sender';

export interface SettingsField {
  type: 'text';
  required: boolean;
}
