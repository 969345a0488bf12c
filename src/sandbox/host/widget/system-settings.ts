import type { ListedWidget } from '../../account/widgets/list.js';

/** The saved fields and the system's own, as `get_settings()` gives them (`platform/widget.md §3.2`). */
export function systemSettings(listed: ListedWidget): Record<string, unknown> {
  const saved = JSON.parse(listed.settings) as Record<string, unknown>;
  const fields = Object.entries(saved).map(([name, value]): [string, unknown] => [
    name,
    readable(parsed(value)),
  ]);
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

/**
 * Values of `users` fields are told to arrive parsed (CORE), and widgets of two authors call `JSON.parse` on them
 * (CODE): such an object reads as its text, too.
 */
function readable(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.defineProperty(value, 'toString', { value: () => JSON.stringify(value) })
    : value;
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
