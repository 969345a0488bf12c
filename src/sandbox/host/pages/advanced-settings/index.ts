import { advancedSettingsArea } from '../../area.js';
import { escapeHtml } from '../../dom.js';
import { pathMatcher, type Page } from '../../host.js';
import { drawFrame, nameIn } from './frame.js';

/** A widget's own page in Settings (`platform/widget.md §4.1`). */
export const advancedSettingsPage: Page = {
  match: pathMatcher('/settings/advanced/:code'),
  menu: 'settings',
  area: ({ code = '' }) => advancedSettingsArea(code),
  open($holder, host, { code = '' }) {
    return drawFrame($holder, host, {
      code,
      location: 'advanced_settings',
      callback: 'advancedSettings',
      title: (widget) =>
        nameIn(widget, (widget.manifest['advanced'] as { title?: unknown } | undefined)?.title),
      content: containersHtml(code),
      call: () => void host.lifecycle.call(code, 'advancedSettings'),
    });
  },
};

/**
 * Where the widget draws. Documentation and widgets disagree (`platform/widget.md §11`): amoCRM's pages have
 * `#list_page_holder`, the official generator and its samples `#work-area-<code>`, others `.list-widget`. One lies
 * in the other here, so that each is found and what is put into one of them lies in those around it.
 */
function containersHtml(code: string): string {
  return `<div id="work-area-${escapeHtml(code)}" class="work-area"><div id="list_page_holder" class="list__body">
    <div class="list-widget"></div></div></div>`;
}
