import type { CardCallbacks, CatalogElement } from './card-sdk.js';
import type { SalesbotCallbacks } from './salesbot.js';
import type { YesNo } from './settings.js';
import type { Thenable } from './thenable.js';

/**
 * What the platform calls on `widget.callbacks`. `this` inside is this object, not the widget.
 * Sources: `platform/widget.md §4.1` (table), `§4.2` (order), `§4.3` (the contract that holds under every
 * known revision: return true from the first three, whatever their order).
 */
export interface Callbacks
  extends SelectionCallbacks, SalesbotCallbacks, CardCallbacks, IndustrySolutionCallbacks {
  /** Comes first, at every start and for `init_once` widgets in every area. A false answer stops `init`. */
  render(): boolean | Thenable<unknown>;
  /** After `render` has resolved. The documentation asks for true; the core ignores the answer. */
  init(): boolean;
  /** Right after `render` returned, so possibly before `init`. The documentation asks for true. */
  bind_actions(): boolean;

  /** The modal of the integration opens. `$body` is its right-hand part (`§5.4`). */
  settings?($body: JQuery, context?: SettingsContext): void;
  /**
   * Save, Install or Disable was pressed. Only true or a promise that resolves saves and installs; without
   * this callback a widget can't be installed (`§6`).
   */
  onSave?(event: OnSaveEvent): boolean | Thenable<unknown>;
  /** Once, at installation; an error doesn't stop the installation. Documented by amoCRM. */
  onInstall?(): void;
  /** The widget was disabled, or the user goes to another area (not for `init_once` widgets). */
  destroy?(): void;

  /** The trigger's bubble opens in the digital pipeline: each time anew (`§5.3`). By convention returns true. */
  dpSettings?(): void;
  /** The widget's own page in Settings. Its container differs between revisions (`§4.1`). */
  advancedSettings?(): void;
  /** The widget's own page in Analytics. Seen in the core only, not documented. */
  advancedStats?(): void;

  /** A source of this widget was used, e.g. a text message was sent. */
  onSource?(): void;
  /** The widget was added as a source of the pipeline. */
  onAddAsSource?(pipelineId: number | string): void;

  /** An element of the list opens for which `setSdkCatalogId` was called. */
  loadCatalogElement?(element: CatalogElement): void;
  /** A page of the widget in the left menu, in Analytics or in Settings. */
  initMenuPage?(page: MenuPage): void;
  /** The modal of task synchronization opens. amoCRM only. */
  calendarSync?(): CalendarSync;
}

/** What `onSave` receives. The platform saves what the callback changes in `fields` before it returns. */
export interface OnSaveEvent {
  /** `N` when the administrator disables the integration; `destroy` follows. */
  active: YesNo;
  /** Values of the manifest's `settings` by field name. */
  fields: Record<string, unknown>;
}

/** Filled when the modal was opened from the sources of the digital pipeline; the forms are not documented. */
export interface SettingsContext {
  readonly source_id?: unknown;
  readonly external_id?: unknown;
}

/** Where in the menu a page was opened (`platform/widget.md §1.8`, `§4.1`). */
export interface MenuPage {
  /** Pages of the documentation write the first value both ways. */
  readonly location: 'widget_page' | 'widget-page' | 'stats' | 'settings';
  /** Only in items that the widget itself added. */
  readonly item_code?: string;
  readonly subitem_code?: string;
}

/** How a widget presents itself in the modal of task synchronization. */
export interface CalendarSync {
  readonly name: string;
  readonly description: string;
  /** A promise resolves to the state; what it is rejected with is shown as an error. */
  readonly enabled: boolean | Thenable<boolean>;
  onEnable(): Thenable<unknown>;
  onDisable(): Thenable<unknown>;
  /** When present, the widget shows a gear that calls it. */
  onSetup?(): void;
}

interface ListCallbacks {
  /** The widget's name was chosen for the marked rows; `list_selected()` tells which. */
  selected(): void;
}

/** The multi-action menus of the lists. That of customers is not documented. */
interface SelectionCallbacks {
  readonly contacts?: ListCallbacks;
  readonly leads?: ListCallbacks;
  readonly todo?: ListCallbacks;
  readonly customers?: ListCallbacks;
}

/** Industry solutions of amoCRM; their arguments stand only in a sample archive. */
interface IndustrySolutionCallbacks {
  register_steps?(...args: readonly unknown[]): unknown;
  finish_wizard?(...args: readonly unknown[]): unknown;
  get_tutorial?(...args: readonly unknown[]): unknown;
}
