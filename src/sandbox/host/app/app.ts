import { $ } from '../jquery.js';
import type { Area } from '../area.js';
import type { Session } from '../../wire.js';
import { constantOf } from './constants.js';
import { createNotifications, type Notifications } from './notifications.js';

/** `APP` as the host keeps it; widgets get a view of it that reports what is written. */
export interface PlatformApp {
  readonly widgets: { readonly list: Record<string, unknown>; readonly system: { area: string } };
  readonly data: AppDataParts;
  readonly notifications: Notifications;
  /** The page has changed: no card, no list, another area. */
  enter(area: Area): void;
  /** Shows a call of `APP.notifications` to the widgets that asked for it (`platform/widget.md §3.5`). */
  readonly notificationListeners: ReadonlyMap<string, (notification: unknown) => void>;
}

/** `APP.data`: what the open page shows (`platform/widget.md §3.5`). */
export interface AppDataParts {
  current_card: unknown;
  current_list: unknown;
  current_view: unknown;
  current_entity: string;
  is_card: boolean;
}

/** Puts the documented part of `APP` (`platform/widget.md §3.5`) and its deprecated alias `AMOCRM` on the page. */
export function installApp({
  session,
  onWrite,
}: {
  readonly session: () => Session;
  /** Somebody else has written a member, e.g. `data.current_card`; moderation refuses that. */
  readonly onWrite: (member: string) => void;
}): PlatformApp {
  let area: Area | undefined;
  const data: AppDataParts = {
    current_card: false,
    current_list: undefined,
    current_view: undefined,
    current_entity: '',
    is_card: false,
  };
  const listeners = new Map<string, (notification: unknown) => void>();
  const notifications = createNotifications(listeners);
  const widgets: PlatformApp['widgets'] = { list: {}, system: { area: '' } };
  const language = session().switches.language;
  let calling = false;
  const members = {
    lang_id: language,
    data,
    widgets,
    notifications,
    sdk: {
      showUserStatus: (filter?: string | number) => userStatus(session(), filter),
      setCallingStatus: (isCalling: unknown) => {
        calling = isCalling === true;
      },
      getCallingStatus: () => calling,
    },
    constant: (key: string) => constantOf(key, session()),
    getBaseEntity: () => area?.entity ?? '',
    isCard: () => area?.isCard ?? false,
    getWidgetsArea: () => widgets.system.area,
    getV3WidgetsArea: () => area?.v3 ?? '',
    addNotificationCallback: (code: string, callback: (notification: unknown) => void) => {
      listeners.set(code, callback);
    },
  };
  const view = new Proxy(members, {
    set(target, name, value) {
      onWrite(String(name));
      return Reflect.set(target, name, value);
    },
  });
  Object.assign(window, { APP: view, AMOCRM: view });

  return {
    widgets,
    data,
    notifications,
    notificationListeners: listeners,
    enter(next) {
      area = next;
      widgets.system.area = next.name;
      Object.assign(data, {
        current_card: false,
        current_list: undefined,
        current_view: next.isCard ? undefined : { $el: $('#page_holder') },
        current_entity: next.entity,
        is_card: next.isCard,
      });
    },
  };
}

function userStatus({ users, user }: Session, filter?: string | number): unknown {
  const statuses = users.map(({ id }) => ({ id, online: id === user.id }));
  if (filter === 'online') return statuses.filter(({ online }) => online).map(({ id }) => id);
  if (filter === undefined) return Object.fromEntries(statuses.map((status) => [status.id, status]));
  return statuses.find(({ id }) => String(id) === String(filter));
}
