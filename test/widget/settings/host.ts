import type { WidgetInstance } from '../../../src/kommo/widget.js';
import type { PanelContext } from '../../../src/widget/settings/index.js';
import { createWords } from '../../../src/widget/words.js';
import { languages, lookUp } from '../support/words.js';

/** What the platform would say about the integration; `status` is the install status. */
export interface Saved {
  status?: unknown;
  settings?: unknown;
}

/** As much of a widget as the panel reads, with the English words. */
export function savedWidget({ status, settings = {} }: Saved = {}): WidgetInstance {
  const widget = {
    i18n: (path: string) => lookUp(languages.en, path),
    get_install_status: () => status,
    get_settings: () => settings,
  };
  return widget as unknown as WidgetInstance;
}

export function panelContext(saved: Saved = {}): PanelContext {
  const widget = savedWidget(saved);
  return {
    widget,
    words: createWords(widget),
    load: () => Promise.reject(new Error('not asked for here')),
    address: 'https://backend.example.com',
  };
}
