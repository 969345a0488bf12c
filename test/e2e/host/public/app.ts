import { draw, escapeHtml } from './dom.js';
import type { RecordedCall } from './types.js';

/** The live widgets by code, as `APP.widgets.list` (`platform/widget.md §3.1`). */
export type WidgetList = Record<string, unknown>;

export interface PlatformApp {
  widgets: { list: WidgetList; system: { area: string } };
}

interface AppParts {
  language: string;
  notifications: RecordedCall[];
  /** Receives the name of each member that somebody else writes. */
  appWrites: string[];
}

/** Ids and names of the account that the host plays. */
export const account = {
  id: 1001,
  subdomain: 'example',
  users: { 11: 'Administrator', 12: 'Manager' },
} as const;

const notificationMethods = [
  'show_message',
  'show_message_error',
  'show_notification',
  'add_error',
  'add_call',
];

/**
 * Puts the documented part of `APP` (`platform/widget.md §3.5`) and its alias `AMOCRM` on the page. Widgets
 * get a view that records what is written to it, since moderation forbids that; the host keeps the object.
 */
export function installApp({ language, notifications, appWrites }: AppParts): PlatformApp {
  const constants: Record<string, unknown> = {
    user: { id: 11, name: account.users[11], login: 'administrator@example.com' },
    user_rights: { is_admin: true },
    account: { id: account.id, subdomain: account.subdomain, language, currency: 'USD' },
    managers: Object.fromEntries(
      Object.entries(account.users).map(([id, title]) => [id, { id, title, active: true, group: 'group_0' }]),
    ),
    groups: { group_0: 'Sales' },
    task_types: {},
  };
  const widgets: PlatformApp['widgets'] = { list: {}, system: { area: '' } };
  const app = {
    lang_id: language,
    data: { current_card: false, current_list: undefined, current_view: { $el: $(document.body) } },
    widgets,
    notifications: Object.fromEntries(
      notificationMethods.map((name) => [
        name,
        (...args: unknown[]) => {
          notifications.push({ name, arguments: args });
          showToast(args[0]);
        },
      ]),
    ),
    sdk: {
      showUserStatus: () => undefined,
      setCallingStatus: () => undefined,
      getCallingStatus: () => false,
    },
    constant: (key: string) => constants[key],
    getBaseEntity: () => '',
    isCard: () => false,
    getWidgetsArea: () => widgets.system.area,
    getV3WidgetsArea: () => widgets.system.area,
    addNotificationCallback: () => undefined,
  };
  const view = new Proxy(app, {
    set(target, name, value) {
      appWrites.push(String(name));
      return Reflect.set(target, name, value);
    },
  });
  Object.assign(window, { APP: view, AMOCRM: view });
  return app;
}

function showToast(message: unknown): void {
  const { header, text } = asMessage(message);
  $('#notifications').append(
    draw(`<div class="notification"><b>${escapeHtml(header)}</b><div>${escapeHtml(text)}</div></div>`),
  );
}

/** `show_notification` has its words one level deeper than the others. */
function asMessage(message: unknown): { header: string; text: string } {
  const { header = '', text = '' } = (message ?? {}) as { header?: unknown; text?: unknown };
  if (typeof text === 'object' && text !== null) return asMessage(text);
  return { header: String(header), text: String(text) };
}
