import type { ListedWidget } from '../../account/widgets/list.js';

/** The saved fields and the system's own, as `get_settings()` gives them (`platform/widget.md §3.2`). */
export function systemSettings(listed: ListedWidget): Record<string, unknown> {
  const saved = JSON.parse(listed.settings) as Record<string, unknown>;
  const fields = Object.entries(saved).map(([name, value]): [string, unknown] => [name, parsed(value)]);
  return {
    ...Object.fromEntries(fields),
    id: listed.id,
    status: listed.status,
    active: listed.active,
    widget_active: listed.active,
    widget_code: listed.code,
    path: listed.path,
    images_path: listed.images_path,
    version: listed.installed_version,
    oauth_client_uuid: listed.oauth_client_uuid,
    support: listed.support,
    category_code: 'own_integrations',
  };
}

/** Stored values arrive JSON-parsed (`platform/widget.md §1.4`); a text that only looks like one stays. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
