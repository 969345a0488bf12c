import { $ } from '../jquery.js';
import { lookUp } from '../words/look-up.js';
import type { Area } from '../area.js';
import type { PlatformApp } from '../app/app.js';
import type { Recorder } from '../report/recorder.js';
import type { Session } from '../../wire.js';
import type { Render } from './render.js';

export type Callbacks = Record<string, unknown>;

/** What the host itself uses of a widget's instance. */
export interface Widget {
  callbacks?: Callbacks;
  ns?: string;
  init_once?: boolean;
  set_lang(words: unknown): void;
  set_settings(settings: Record<string, unknown>): void;
}

export interface BaseParts {
  readonly code: string;
  readonly area: Area;
  readonly session: () => Session;
  readonly app: PlatformApp;
  readonly recorder: Recorder;
  readonly render: Render;
}

interface CaptionAndBody {
  readonly caption?: { readonly class_name?: string; readonly html?: string };
  readonly body?: string;
  readonly render?: string;
}

/** Calls of `crm_post` go out this many milliseconds apart (`platform/widget.md §3.2`). */
const proxyPause = 1_000;

/**
 * Makes the widget: the base becomes the prototype of the widget's constructor, so that every method of
 * `platform/widget.md §3.2` is there while the constructor runs, and settings and words are not
 * (`§4.2`, steps 4 and 5).
 */
export function construct(Constructor: unknown, parts: BaseParts): Widget {
  (Constructor as { prototype: unknown }).prototype = createBase(parts);
  return new (Constructor as new () => Widget)();
}

function createBase({ code, area, session, render }: BaseParts): Widget & Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  let words: unknown = {};
  let proxied = Promise.resolve();

  return {
    params: settings,
    langs: words,
    get_settings: () => settings,
    set_settings(more: Record<string, unknown>) {
      Object.assign(settings, more);
    },
    set_lang(this: { langs: unknown }, language: unknown) {
      words = language;
      this.langs = language;
    },
    i18n: (key: string) => lookUp(words, key),
    get_version: () => settings['version'],
    get_install_status: () => settings['status'],
    set_status(status: string) {
      $(`.widget-state[data-code="${code}"]`).attr('class', `widget-state widget-state_status_${status}`);
    },
    system: () => ({
      area: area.system,
      amouser: session().user.email,
      amouser_id: session().user.id,
      domain: location.host,
      subdomain: session().account.subdomain,
      server: location.origin,
      displayed_count: 0,
    }),
    get_accounts_current: () => ({ ...session().account, current_user: session().user.id }),
    get_current_card_contacts_data: () => Promise.resolve([]),
    list_selected: () => ({ selected: [], summary: { items: 0, emails: 0, phones: 0 } }),
    widgetsOverlay: () => undefined,
    add_action: () => undefined,
    add_source: () => undefined,
    render,
    render_template: (template: CaptionAndBody, params: unknown) =>
      drawWidgetBlock(code, render, template, params),
    $authorizedAjax: (options: JQueryAjaxSettings) =>
      $.getJSON(`/ajax/v2/integrations/${String(settings['oauth_client_uuid'])}/disposable_token`).then(
        (answer: { token: string }) =>
          $.ajax({ ...options, headers: { ...options.headers, 'X-Auth-Token': answer.token } }),
      ),
    crm_post(
      url: string,
      data: unknown,
      done?: (answer: unknown) => void,
      type = 'text',
      failed?: () => void,
    ) {
      proxied = proxied.then(() => {
        const form = { target: url, data: JSON.stringify(data) };
        void $.ajax({ url: '/private/widget/proxy.php', type: 'POST', data: form, dataType: type }).then(
          (answer: unknown) => {
            done?.(answer);
          },
          failed,
        );
        return new Promise((resolve) => setTimeout(resolve, proxyPause));
      });
    },
  };
}

/** The box in the right-hand panel of `platform/widget.md §3.3`; it is the widget's, so nobody remembers it. */
function drawWidgetBlock(
  code: string,
  render: Render,
  { caption = {}, body, render: source }: CaptionAndBody,
  params: unknown,
): string {
  const content = body ?? (render({ data: source ?? '' }, params) as string);
  const html = `<div class="card-widgets__widget card-widgets__widget-${code}">
    <div class="js-widget-caption-block card-widgets__widget__caption ${caption.class_name ?? ''}">${caption.html ?? ''}</div>
    <div class="card-widgets__widget__body js-body-hide">${content}</div></div>`;
  $('#widgets_block').append(html);
  return html;
}
