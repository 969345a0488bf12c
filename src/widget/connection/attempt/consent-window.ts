import type {
  ConnectionMessage,
  ConnectionProof,
  ConnectionQuestion,
} from '../../../contract/connections-api.js';
import { fieldsOf } from '../outcome.js';

/** The window in which a chat service asks for consent. */
export interface ConsentWindow {
  goTo(url: string): void;
  /** Whether it is this window that has posted something. */
  isSourceOf(event: MessageEvent): boolean;
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
    isSourceOf: ({ source }) => source === opened,
    isClosed: () => opened.closed,
    close() {
      opened.close();
    },
  };
}

/** As in `src/contract/connections-api.ts`, of which only types may get into the widget. */
const types: {
  readonly end: ConnectionMessage['type'];
  readonly question: ConnectionQuestion['type'];
  readonly proof: ConnectionProof['type'];
} = {
  end: 'pipeline-messenger:connection',
  question: 'pipeline-messenger:connection-question',
  proof: 'pipeline-messenger:connection-proof',
};

export interface ConsentListener {
  /** The sign-in has ended; with the attempt's id, if the page gives one. */
  readonly ended: (attemptId: string | undefined) => void;
  /** Proof that this attempt was begun here; undefined: it was not, or the question comes from another window. */
  readonly proofOf: (attemptId: string, event: MessageEvent) => string | undefined;
}

/**
 * Hears and answers the backend's pages after the consent, until the returned function is called. What others post is
 * not heard.
 */
export function listenToConsent(address: string, { ended, proofOf }: ConsentListener): () => void {
  const origin = URL.canParse(address) ? new URL(address).origin : undefined;
  const listener = (event: MessageEvent): void => {
    if (origin === undefined || event.origin !== origin) return;
    const { type, attempt_id } = fieldsOf(event.data);
    const attemptId = typeof attempt_id === 'string' ? attempt_id : undefined;
    if (type === types.end) ended(attemptId);
    if (type !== types.question || attemptId === undefined) return;
    const proof = proofOf(attemptId, event);
    if (proof === undefined) return;
    const answer: ConnectionProof = { type: types.proof, attempt_id: attemptId, proof };
    event.source?.postMessage(answer, { targetOrigin: origin });
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
