import { account } from './app.js';
import type { Render } from './render.js';
import { lookUp } from './words.js';

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
  render: Render;
  code: string;
  /** As `system().area` gives it. */
  area: string;
  status: () => string;
  /** The widget says `install`, `installed` or `error` about itself. */
  onStatus: (status: string) => void;
}

interface CaptionAndBody {
  caption?: { class_name?: string; html?: string };
  body?: string;
  render?: string;
}

/** Calls of `crm_post` go out this many milliseconds apart (`platform/widget.md §3.2`). */
const proxyPause = 1_000;

/**
 * Makes the widget: the base becomes the prototype of the widget's constructor, so that every method of
 * `platform/widget.md §3.2` is there while the constructor runs, and settings and words are not
 * (`§4.2`, steps 4 and 5). A class or an arrow function cannot be extended this way, as on the platform.
 */
export function construct(Constructor: unknown, parts: BaseParts): Widget {
  if (typeof Constructor !== 'function') {
    throw new TypeError(`script.js should return a function, but it returned ${typeof Constructor}.`);
  }
  Constructor.prototype = createBase(parts);
  return new (Constructor as new () => Widget)();
}

function createBase({ render, code, area, status, onStatus }: BaseParts): Widget & Record<string, unknown> {
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
    get_install_status: status,
    set_status: onStatus,
    system: () => ({
      area,
      amouser: 'administrator@example.com',
      amouser_id: 11,
      domain: location.host,
      subdomain: account.subdomain,
      server: location.origin,
      displayed_count: 0,
    }),
    get_accounts_current: () => ({ id: account.id, subdomain: account.subdomain }),
    get_current_card_contacts_data: () => Promise.resolve([]),
    list_selected: () => ({ selected: [], summary: { items: 0, emails: 0, phones: 0 } }),
    widgetsOverlay: () => undefined,
    add_action: () => undefined,
    add_source: () => undefined,
    render,
    render_template: (template: CaptionAndBody, params: unknown) =>
      drawWidgetBlock(code, render, template, params),
    $authorizedAjax: (options: JQueryAjaxSettings) =>
      $.getJSON(`/ajax/v2/integrations/${code}/disposable_token`).then((answer: { token: string }) =>
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
