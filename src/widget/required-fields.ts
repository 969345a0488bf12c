import { settingsFields, type SettingsFieldName } from '../contract/settings.js';

/** The required fields of the integration's settings that hold nothing yet. Takes whatever the platform sends. */
export function missingFields(fields: unknown): SettingsFieldName[] {
  const values = typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
  return (Object.keys(settingsFields) as SettingsFieldName[]).filter(
    (name) => settingsFields[name].required && isBlank(values[name]),
  );
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === null || value === false;
}
