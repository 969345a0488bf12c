import { parseLocation, type LocationCode } from '../../../../kommo/locations.js';
import { draw, escapeHtml } from '../../dom.js';
import { textOf } from '../../words/look-up.js';
import { whyNotStarted } from '../integrations/why-not-started.js';
import type { Host } from '../../host.js';
import type { SessionWidget } from '../../../wire.js';
import { frameWords } from './frame-words.js';

export interface FrameParts {
  readonly code: string;
  readonly location: LocationCode;
  readonly callback: 'advancedSettings' | 'initMenuPage';
  readonly title: (widget: SessionWidget) => string;
  /** The containers in which the widget draws. */
  readonly content: string;
  /** Calls the callback. */
  readonly call: () => void;
}

export interface Frame {
  readonly title: string;
  /** The widget was started, or could not be. */
  loaded(): Promise<void>;
}

/** Draws the page that belongs to a widget, or says why it has none (`platform/widget.md §1.3`, `§4.2`). */
export function drawFrame($holder: JQuery, host: Host, parts: FrameParts): Frame {
  const { code, location, callback, content } = parts;
  const t = host.words(frameWords);
  const widget = host.widget(code);
  const title = widget === undefined ? code : parts.title(widget);
  const $page =
    draw(`<section class="widget-frame"><header class="page-header"><h1>${escapeHtml(title)}</h1></header>
    <div class="widget-frame__notice h-hidden" role="status"></div></section>`);
  $holder.append($page);
  const say = (text: string, link = false): void => {
    const $notice = $page.find('.widget-frame__notice').removeClass('h-hidden').text(text);
    if (!link) return;
    const anchor = `<a class="js-navigate-link" href="/settings/widgets">${escapeHtml(t('integrations'))}</a>`;
    $notice.append(' ', draw(anchor));
  };

  const fault = faultOf(widget, location);
  if (fault !== undefined) {
    say(t(fault, { code, location }), fault !== 'noLocation');
    return { title, loaded: () => Promise.resolve() };
  }
  $page.append(draw(content));
  return {
    title,
    async loaded() {
      if (!host.lifecycle.codes().includes(code)) {
        say(t('notStarted', { reason: await whyNotStarted(host, code) }));
      } else if (host.lifecycle.has(code, callback)) parts.call();
      else {
        host.recorder.note(
          code,
          host.app.widgetsArea,
          `${location} needs ${callback}; without it the page stays empty.`,
        );
        say(t('noCallback', { callback }));
      }
    },
  };
}

/** The text of a reference of the manifest, or something else where there is none. */
export function nameIn(widget: SessionWidget, reference: unknown, otherwise?: string): string {
  if (typeof reference === 'string') return textOf(widget.words, reference);
  return otherwise ?? textOf(widget.words, 'widget.name');
}

function faultOf(
  widget: SessionWidget | undefined,
  location: LocationCode,
): 'unknown' | 'inactive' | 'noLocation' | undefined {
  if (widget === undefined) return 'unknown';
  if (!widget.is_active) return 'inactive';
  const { locations } = widget.manifest;
  const isListed =
    Array.isArray(locations) &&
    locations.some((entry) => typeof entry === 'string' && parseLocation(entry)?.code === location);
  return isListed ? undefined : 'noLocation';
}
