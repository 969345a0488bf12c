import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { isBeforeInstall } from '../connection/before-install.js';
import { createConnections } from '../connection/connections.js';
import type { Words } from '../words.js';
import { SettingsPanel, settingsSections } from './SettingsPanel.js';
import { createKitThemes, removeKitStyles } from './kit-themes.js';
import { PanelProvider } from './panel-context.js';
import type { PanelContext } from './panel-context.js';

export type { PanelContext } from './panel-context.js';

export interface MountedPanel {
  /** Has the backend use what is chosen; true once it says that it does. The panel tells why it doesn't. */
  save(): Promise<boolean>;
  /** Writes what Kommo has to store into the fields of a save, whatever those are. */
  fill(fields: unknown): void;
  /** Takes the panel and its styles out of the document and ends what runs; more than once is fine. */
  close(): void;
}

/**
 * Draws the settings panel at the end of `container`, which must stand below a `.pipeline-messenger` element or
 * be one. What else is in the container stays untouched.
 *
 * An error inside the panel becomes a notice in the panel, never an exception here.
 */
export function mount(
  container: HTMLElement,
  { widget, words, load, address, channels }: PanelContext,
  { sections = settingsSections } = {},
): MountedPanel {
  const document = container.ownerDocument;
  const mark = Math.random().toString(36).slice(2);
  const host = container.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const connections = createConnections(widget, {
    place: container,
    address,
    loadConnect: () => load('connect.js'),
  });
  const panel = { widget, load, address, words: steady(words), themes: createKitThemes(mark), connections };
  if (!isBeforeInstall(widget)) connections.reload(channels);
  const unshield = keepFromKommo(host);
  // At once: the page would be painted without the panel first, which takes as long as drawing it.
  flushSync(() => {
    root.render(
      <PanelProvider value={panel}>
        <SettingsPanel sections={sections} />
      </PanelProvider>,
    );
  });

  return {
    save: connections.save,
    fill: connections.fill,
    close() {
      connections.close();
      root.unmount();
      unshield();
      host.remove();
      removeKitStyles(mark, document);
    },
  };
}

/**
 * What is typed and chosen in the panel must not reach Kommo's form around it: it would take every key of a secret for a
 * change that is to be saved.
 */
function keepFromKommo(host: HTMLElement): () => void {
  const stop = (event: Event): void => {
    event.stopPropagation();
  };
  const types = ['input', 'change', 'submit'];
  for (const type of types) host.addEventListener(type, stop);
  return () => {
    for (const type of types) host.removeEventListener(type, stop);
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
