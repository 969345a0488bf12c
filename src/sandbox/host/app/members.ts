import { constantOf } from './constants.js';
import { userStatus } from './user-status.js';
import type { Area } from '../area.js';
import type { Recorder } from '../report/recorder.js';
import type { Session } from '../../wire.js';
import type { AppDataParts } from './app.js';
import type { Notifications } from './notifications.js';
import { customFieldTypeNumbers, dateFormats, elementTypesByName } from './numbers.js';
import type { WidgetsSystem } from './widgets-system.js';

export interface MemberParts {
  readonly session: () => Session;
  readonly recorder: Pick<Recorder, 'run' | 'exception'>;
  readonly onWrite: (member: string) => void;
  readonly data: AppDataParts;
  readonly widgets: { readonly list: Record<string, unknown>; readonly system: WidgetsSystem };
  readonly notifications: Notifications;
  readonly area: () => Area | undefined;
  readonly widgetsArea: () => string;
  /** Notifications of the user go to this widget from now on. */
  readonly listen: (widget: string, listener: (notification: unknown) => void) => void;
}

/**
 * The members of `APP` that are documented, and `widgets.list`, `widgets.system` and `widgets.clear_cache`, which
 * most widgets know (`platform/widget.md §3.5`). `element_types`, `cf_types` and `system` are not documented, but an
 * official sample reads them (CODE): what it and others take from them is here.
 *
 * `APP.router` and `click_event` are left out: moderation refuses widgets that lean on them, and their form is not
 * known. A widget that reads them finds `undefined`, as it may one day on the platform.
 */
export function createMembers(parts: MemberParts): Record<string, unknown> {
  const { session, onWrite, data, widgets, notifications, area } = parts;
  const constants = new Map<string, unknown>();
  let calling = false;
  return {
    lang_id: session().switches.language,
    element_types: { ...elementTypesByName },
    cf_types: { ...customFieldTypeNumbers },
    system: systemOf(session()),
    data,
    // The list itself stays the host's own object; only this wrapper has the member more.
    widgets: Object.assign(widgets, { clear_cache: () => undefined }),
    notifications,
    sdk: {
      showUserStatus: (filter?: string | number) => userStatus(session(), filter),
      // Nothing is postponed: the sandbox has no forced reloads of the platform's kind.
      setCallingStatus: (isCalling: unknown) => {
        calling = isCalling === true;
      },
      getCallingStatus: () => calling,
    },
    constant(key: string, ...values: unknown[]) {
      if (values.length > 0) {
        onWrite(`constant(${JSON.stringify(key)}, …)`);
        constants.set(key, values[0]);
      }
      return constants.has(key) ? constants.get(key) : constantOf(key, session());
    },
    getBaseEntity: () => area()?.entity ?? '',
    isCard: () => area()?.isCard ?? false,
    getWidgetsArea: () => parts.widgetsArea(),
    getV3WidgetsArea: () => area()?.v3 ?? '',
    addNotificationCallback: (widget: string, callback: unknown) => {
      addNotificationCallback(widget, callback, parts);
    },
  };
}

function systemOf({ account }: Session): object {
  return {
    timezone: account.timezone,
    locale: { currency: account.currency, currency_symbol: account.currency_symbol },
    format: { date: { ...dateFormats } },
  };
}

/** Only widgets with `init_once` are told of notifications; others ask in vain, as on the platform. */
function addNotificationCallback(
  widget: string,
  callback: unknown,
  { session, recorder, widgetsArea, listen }: MemberParts,
): void {
  const fault =
    typeof callback !== 'function'
      ? `A function was expected as its second argument, not ${typeof callback}.`
      : initOnce(session(), widget);
  if (fault !== undefined) {
    recorder.exception(widget, widgetsArea(), new Error(`APP.addNotificationCallback: ${fault}`));
    return;
  }
  listen(widget, (notification) => {
    recorder.run(widget, widgetsArea(), 'addNotificationCallback', () =>
      (callback as (notification: unknown) => unknown)(notification),
    );
  });
}

/** Why this widget gets no notifications; undefined when it does. */
function initOnce({ widgets }: Session, code: string): string | undefined {
  const found = widgets.find((one) => one.code === code);
  if (found === undefined) return `there is no widget "${code}". Pass get_settings().widget_code.`;
  const { init_once } = (found.manifest['widget'] ?? {}) as { init_once?: unknown };
  if (init_once === true || init_once === 'Y') return undefined;
  return 'only a widget with "init_once": true in its manifest is told of notifications.';
}
