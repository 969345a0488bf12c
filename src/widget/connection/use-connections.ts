import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { usePanel } from '../settings/panel-context.js';
import type { ConnectionsView } from './connections-view.js';

/** What the panel shows of the connections; draws the component again with every change of it. */
export function useConnectionsView(): ConnectionsView {
  const { connections } = usePanel();
  return useSyncExternalStore(connections.subscribe, connections.view);
}

/** Focuses the element when something that had the focus has gone, so that the keyboard does not fall out of the modal. */
export function useFocusAfter(isOpen: boolean, element: RefObject<HTMLElement | null>): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && isFocusLost()) element.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, element]);
}

function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}
