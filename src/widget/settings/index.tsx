import { createRoot } from 'react-dom/client';
import type { Words } from '../words.js';
import { SettingsPanel, settingsSections } from './SettingsPanel.js';
import { createKitThemes, removeKitStyles } from './kit-themes.js';
import { PanelProvider } from './panel-context.js';
import type { PanelContext } from './panel-context.js';

export type { PanelContext } from './panel-context.js';

/**
 * Draws the settings panel at the end of `container`, which must stand below a `.pipeline-messenger` element or
 * be one. What else is in the container stays untouched. The first drawing happens a moment after the call.
 *
 * Returns what takes the panel and its styles out of the document again; calling that more than once is fine.
 * An error inside the panel becomes a notice in the panel, never an exception here.
 */
export function mount(
  container: HTMLElement,
  { widget, words }: PanelContext,
  { sections = settingsSections } = {},
): () => void {
  const document = container.ownerDocument;
  const mark = Math.random().toString(36).slice(2);
  const host = container.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const panel = { widget, words: steady(words), themes: createKitThemes(mark) };
  root.render(
    <PanelProvider value={panel}>
      <SettingsPanel sections={sections} />
    </PanelProvider>,
  );

  return () => {
    root.unmount();
    host.remove();
    removeKitStyles(mark, document);
  };
}

/** The notice about a failure is made of words too: if they are what fails, their keys are better than nothing. */
function steady(words: Words): Words {
  return (key, values) => {
    try {
      return words(key, values);
    } catch {
      return key;
    }
  };
}
