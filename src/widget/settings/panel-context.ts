import { createContext, useContext } from 'react';
import type { AuthorizedRequest, WidgetInstance } from '../../kommo/widget.js';
import type { Connections } from '../connection/connections.js';
import type { OnDemand } from '../on-demand.js';
import type { Words } from '../words.js';
import type { KitThemes } from './kit-themes.js';

/** What the light script hands over to the panel. */
export interface PanelContext {
  widget: WidgetInstance;
  words: Words;
  /** Another file of the archive; see `OnDemand`. */
  load: OnDemand['module'];
  /** The backend, without a slash at the end. */
  address: string;
  /** The first question for the channels, if it was asked before the panel was there. */
  channels?: AuthorizedRequest | undefined;
}

/** What every section of the panel may use. */
export interface Panel extends PanelContext {
  themes: KitThemes;
  connections: Connections;
}

const Context = createContext<Panel | null>(null);

export const PanelProvider = Context.Provider;

/** The panel around a section. Throws outside of {@link PanelProvider}. */
export function usePanel(): Panel {
  const panel = useContext(Context);
  if (panel === null) throw new Error('usePanel() is used outside of PanelProvider');
  return panel;
}
