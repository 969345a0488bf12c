import { escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { MethodParts } from '../base.js';

interface PanelTemplate {
  readonly caption?: { readonly class_name?: string; readonly html?: string };
  readonly body?: string;
  readonly render?: string;
}

/** `render` and `render_template` (`platform/widget.md §3.3`). */
export function panelMethods(parts: MethodParts) {
  const { code, area, recorder, render, call, fault } = parts;
  const renderFor = (options: unknown, params?: unknown): unknown =>
    render(options, params, {
      load: (listener, template) => void call('render.load', listener, template),
      fault,
    });
  return {
    render: renderFor,
    /** Puts the widget's box into the right-hand panel; a box of it that is there already is replaced. */
    render_template(template: PanelTemplate = {}, params?: unknown) {
      const { caption = {}, body, render: source } = template;
      const content = body === undefined || body === '' ? renderFor({ data: source ?? '' }, params) : body;
      const html = panelHtml(parts, caption, String(content));
      const $panel = $('#nano-card-widgets, #widgets_block').first();
      if ($panel.length === 0) {
        // No mistake: many widgets draw it in render(), wherever they are started.
        recorder.note(
          code,
          area().name,
          'render_template: this page has no right-hand panel (#widgets_block), so nothing was shown.',
        );
        return html;
      }
      $('#widgets_block').find(`.card-widgets__widget-${code}`).remove();
      const $elements = $panel.find('.card-widgets__elements');
      ($elements.length > 0 ? $elements.first() : $panel).append(html);
      return html;
    },
  };
}

/**
 * The box of `platform/widget.md §3.3`; it is the widget's, so the host does not remember it. The logos are
 * pictures of the archive: `logo_min` while the panel is narrow, `logo_small` when it is open.
 */
function panelHtml(
  { code, session }: MethodParts,
  { class_name = '', html = '' }: NonNullable<PanelTemplate['caption']>,
  content: string,
): string {
  const widget = session().widgets.find((one) => one.code === code);
  const picture = (name: string, className: string): string => {
    const file = widget?.files.find((path) =>
      new RegExp(`^images/${name}\\.(png|jpe?g|svg|gif)$`, 'i').test(path),
    );
    return file === undefined || widget === undefined
      ? ''
      : `<img class="card-widgets__widget__caption__${className}" src="${escapeHtml(`${widget.path}/${file}?v=${widget.version}`)}" alt="">`;
  };
  const logos = picture('logo_small', 'logo') + picture('logo_min', 'logo_min');
  const title = logos === '' && html === '' ? `<span>${escapeHtml(titleOf(widget?.words, code))}</span>` : '';
  return `<div class="card-widgets__widget card-widgets__widget-${code}" data-code="${code}">
    <div class="js-widget-caption-block card-widgets__widget__caption ${escapeHtml(class_name)}" role="button" tabindex="0" aria-expanded="false">
      ${logos}${title}${html}<span class="card-widgets__widget__caption__arrow" aria-hidden="true"></span></div>
    <div class="card-widgets__widget__body js-body-hide">${content}</div></div>`;
}

function titleOf(words: unknown, code: string): string {
  const { widget } = (words ?? {}) as { widget?: { name?: unknown } };
  return typeof widget?.name === 'string' ? widget.name : code;
}
