import { isSettingsArea, startsIn } from './areas.js';
import { widgetPath } from './files.js';
import { languageOf, wordsOf } from './language.js';
import { i18nText, viewManifest } from './manifest-view.js';
import type { AccountContext } from '../context.js';
import type { WidgetInstallation } from '../state.js';
import type { YesNo } from '../../../kommo/settings.js';

/** A widget in the answer to `POST /ajax/widgets/list` (`platform/widget.md §12`). */
export interface ListedWidget {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** Addresses of script.js and of the language file, without `?v=`. */
  readonly src: string;
  readonly lang: string;
  readonly path: string;
  readonly images_path: string;
  readonly installed_version: string;
  readonly active: YesNo;
  readonly init_once: YesNo;
  readonly status: string;
  /** JSON of the saved fields. */
  readonly settings: string;
  readonly support: Readonly<Record<string, unknown>>;
  readonly oauth_client_uuid: string;
}

/**
 * The widgets of an area by their code. Outside the settings only those that were saved and are switched on:
 * others are not loaded there (`platform/widget.md §6`). An area `<kind>:<code>` lists its widget in any state,
 * since the modal opens before the first save.
 */
export function listWidgets(context: AccountContext, area: string): Record<string, ListedWidget> {
  const inAnyState = isSettingsArea(area) || area.startsWith('widgetsSettings:');
  return Object.fromEntries(
    [...context.account.widgets.values()]
      .filter((widget) => inAnyState || widget.is_active)
      .filter((widget) => startsIn(area, widget.code, viewManifest(widget.manifest)))
      .map((widget) => [widget.code, listed(context, widget)]),
  );
}

function listed(context: AccountContext, widget: WidgetInstallation): ListedWidget {
  const view = viewManifest(widget.manifest);
  const path = widgetPath(widget.code);
  const locale = languageOf(widget, context.account.users.get(context.currentUserId())?.lang);
  const words = wordsOf(widget, locale);
  const translate = (reference: string | undefined, otherwise: string): string =>
    (reference === undefined ? undefined : i18nText(words, reference)) ?? otherwise;
  return {
    id: widget.id,
    code: widget.code,
    name: translate(view.name, context.account.integrations.get(widget.client_uuid)?.name ?? widget.code),
    description: translate(view.description, ''),
    src: `${path}/script.js`,
    lang: `${path}/i18n/${locale}.json`,
    path,
    images_path: `${path}/images`,
    installed_version: widget.version,
    active: widget.is_active ? 'Y' : 'N',
    init_once: view.initOnce ? 'Y' : 'N',
    status: widget.status,
    settings: JSON.stringify(widget.settings),
    support: view.support,
    oauth_client_uuid: widget.client_uuid,
  };
}
