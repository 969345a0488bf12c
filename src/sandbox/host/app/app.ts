import { $ } from '../jquery.js';
import type { Area } from '../area.js';
import type { Recorder } from '../report/recorder.js';
import type { AccountChange, Session } from '../../wire.js';
import type { OpenCard } from './card.js';
import { createChangeFeed } from './change-feed.js';
import { createChannels, type Channels } from './channels.js';
import type { SdkCatalog, WidgetAction, WidgetSource } from './contributions.js';
import { createMembers } from './members.js';
import { createNotifications, type Notifications } from './notifications.js';
import { createPipelineId } from './pipeline-id.js';
import { createRegistry, type Registry } from './registry.js';
import { reportWrites } from './report-writes.js';
import type { Selection } from './selection.js';
import { type WidgetsSystem, widgetsSystem } from './widgets-system.js';

export type { OpenCard } from './card.js';
export type { Channels } from './channels.js';
export type { SdkCatalog, WidgetAction, WidgetSource } from './contributions.js';
export type { Registry } from './registry.js';
export type { Selection } from './selection.js';

/**
 * `APP` as the host keeps it; widgets get a view of it that reports what is written.
 *
 * Pages fill it for widgets (`data`, `card`, `selection`, `pipelineId`) and show what widgets have added
 * (`actions`, `sources`, `sdkCatalogs`).
 */
export interface PlatformApp {
  readonly widgets: { readonly list: Record<string, unknown>; readonly system: WidgetsSystem };
  readonly data: AppDataParts;
  readonly notifications: Notifications;
  /** The page of a card sets its contacts here. */
  readonly card: OpenCard;
  /** The page of a list sets its marked rows here. */
  readonly selection: Selection;
  /** Of `add_action`: cards and lists run every one of the type that was clicked. */
  readonly actions: Registry<WidgetAction>;
  /** Of `add_source`: cards offer them in the feed. */
  readonly sources: Registry<WidgetSource>;
  /** Of `setSdkCatalogId`. */
  readonly sdkCatalogs: Registry<SdkCatalog>;
  /** The page of lead sources sets the pipeline that it shows; undefined on every other page. */
  pipelineId: number | undefined;
  /** Calls once, at once or when {@link PlatformApp.pipelineId} is set. */
  whenPipelineIdKnown(listener: (id: number) => void): void;
  /** Of `listenSocketChannel`. */
  readonly channels: Channels;
  /** The page that is open; undefined before the first. */
  readonly area: Area | undefined;
  /** Name of the area where widgets are started now, `APP.getWidgetsArea()`; empty before the first. */
  readonly widgetsArea: string;
  /** Widgets are started in this area from now on: that of the page, or of a window or step over it. */
  startIn(area: Area): void;
  /** The page has changed: no card, no list, another area. */
  enter(area: Area): void;
  /** Something changed in the account: tells the channels that are listened to. */
  changed(change: AccountChange): void;
  /** Forgets all that a widget has added: it was destroyed. */
  release(widget: string): void;
}

/** `APP.data`: what the open page shows (`platform/widget.md §3.5`). */
export interface AppDataParts {
  current_card: unknown;
  current_list: unknown;
  current_view: unknown;
  current_entity: string;
  is_card: boolean;
}

export interface AppParts {
  readonly session: () => Session;
  readonly recorder: Pick<Recorder, 'run' | 'exception'>;
  /** Somebody else has written a member, e.g. `data.current_card`; moderation refuses that. */
  readonly onWrite: (member: string) => void;
}

/** Puts the documented part of `APP` (`platform/widget.md §3.5`) and its deprecated alias `AMOCRM` on the page. */
export function installApp({ session, recorder, onWrite }: AppParts): PlatformApp {
  let area: Area | undefined;
  let widgetsArea = '';
  const data: AppDataParts = {
    current_card: false,
    current_list: undefined,
    current_view: undefined,
    current_entity: '',
    is_card: false,
  };
  const widgets: PlatformApp['widgets'] = { list: {}, system: widgetsSystem(session(), '', 0) };
  const startIn = (next: Area): void => {
    widgetsArea = next.name;
    Object.assign(widgets.system, widgetsSystem(session(), next.system, 0));
  };
  const listeners = new Map<string, (notification: unknown) => void>();
  const channels = createChannels();
  const notifications = createNotifications(
    () => session().switches.language,
    (notification) => {
      for (const listener of [...listeners.values()]) listener(notification);
      const { account, user } = session();
      channels.publish(`notifications:${account.id}:${user.id}`, notification);
    },
  );
  const card: OpenCard = { contacts: [] };
  const selection: Selection = { rows: [], displayed: 0 };
  const actions = createRegistry<WidgetAction>();
  const sources = createRegistry<WidgetSource>();
  const sdkCatalogs = createRegistry<SdkCatalog>();
  const pipelineId = createPipelineId();

  const view = reportWrites(
    createMembers({
      session,
      recorder,
      onWrite,
      data,
      widgets,
      notifications,
      area: () => area,
      widgetsArea: () => widgetsArea,
      listen: (widget, listener) => {
        listeners.set(widget, listener);
      },
    }),
    onWrite,
  );
  Object.assign(window, { APP: view, AMOCRM: view });

  return {
    widgets,
    data,
    notifications,
    card,
    selection,
    actions,
    sources,
    sdkCatalogs,
    channels,
    get pipelineId() {
      return pipelineId.value;
    },
    set pipelineId(id) {
      pipelineId.value = id;
    },
    whenPipelineIdKnown: pipelineId.whenKnown,
    get area() {
      return area;
    },
    get widgetsArea() {
      return widgetsArea;
    },
    startIn,
    enter(next) {
      area = next;
      startIn(next);
      card.contacts = [];
      Object.assign(selection, { rows: [], displayed: 0 });
      pipelineId.value = undefined;
      Object.assign(data, {
        current_card: false,
        current_list: undefined,
        current_view: next.isCard ? undefined : { $el: $('#page_holder') },
        current_entity: next.entity,
        is_card: next.isCard,
      });
    },
    changed: createChangeFeed(channels, session),
    release(widget) {
      listeners.delete(widget);
      channels.release(widget);
      for (const registry of [actions, sources, sdkCatalogs]) registry.release(widget);
    },
  };
}
