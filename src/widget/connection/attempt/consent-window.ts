import { fieldsOf } from '../outcome.js';

/** The window in which a chat service asks for consent. */
export interface ConsentWindow {
  goTo(url: string): void;
  isClosed(): boolean;
  close(): void;
}

const size = 600;

/**
 * Opens it in the middle of this one, empty but for a line of text; undefined when the browser does not let it. Has to
 * be called in the click itself, before anything is waited for: else pop-up blockers take it for an advertisement.
 */
export function openConsentWindow(text: string): ConsentWindow | undefined {
  const left = Math.max(0, Math.round(window.screenX + (window.outerWidth - size) / 2));
  const top = Math.max(0, Math.round(window.screenY + (window.outerHeight - size) / 2));
  const features = `popup=yes,width=${size},height=${size},left=${left},top=${top}`;
  const opened = attempt(() => window.open('about:blank', '_blank', features));
  if (!opened || opened.closed) return undefined;
  attempt(() => {
    opened.document.title = text;
    opened.document.body.textContent = text;
  });
  return {
    goTo(url) {
      opened.location.href = url;
    },
    isClosed: () => opened.closed,
    close() {
      opened.close();
    },
  };
}

/** As `connectionMessage` of `src/contract/connections-api.ts`, of which only types may get into the widget. */
const messageType = 'pipeline-messenger:connection';

/**
 * Calls back when the page after the consent tells that it has ended, until the returned function is called. What others
 * post is not heard. With the attempt's id, if the page gives one.
 */
export function listenToConsent(address: string, heard: (attemptId: string | undefined) => void): () => void {
  const origin = URL.canParse(address) ? new URL(address).origin : undefined;
  const listener = (event: MessageEvent): void => {
    if (event.origin !== origin) return;
    const { type, attempt_id } = fieldsOf(event.data);
    if (type === messageType) heard(typeof attempt_id === 'string' ? attempt_id : undefined);
  };
  window.addEventListener('message', listener);
  return () => {
    window.removeEventListener('message', listener);
  };
}

/** A window of another origin throws at most of what one asks it. */
function attempt<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
