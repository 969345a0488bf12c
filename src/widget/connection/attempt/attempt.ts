import type {
  Attempt,
  AttemptRequest,
  ConnectionProblem,
  ConnectionPrompt,
} from '../../../contract/connections-api.js';
import type { CallOptions, Client } from '../client.js';
import { type ConsentWindow, listenToConsent, openConsentWindow } from './consent-window.js';
import { type Failure, type Outcome, webAddress } from '../outcome.js';

/** Where a try at connecting a channel is. */
export interface AttemptView {
  readonly request: AttemptRequest;
  /**
   * `ready`: the person has to begin. `blocked`: the browser did not open the window. `left`: the window was closed
   * without a result; one may still come from a window that the service cuts off from this one.
   */
  readonly phase: 'ready' | 'working' | 'waiting' | 'blocked' | 'left' | 'failed';
  readonly prompt: ConnectionPrompt | null;
  /** The answer takes longer than usual. */
  readonly isSlow: boolean;
  /** The backend could not be asked several times running; it goes on being asked. */
  readonly isShaky: boolean;
  /** Why it has failed: the backend's reason, or what kept us from asking the backend. */
  readonly problem: ConnectionProblem | null;
  readonly detail: string | null;
  readonly failure: Failure | undefined;
}

export interface AttemptOptions {
  readonly client: Client;
  /** The backend, whose page after the consent posts the result. */
  readonly address: string;
  readonly changed: (view: AttemptView) => void;
  /** It has connected a channel; nothing runs any more. */
  readonly connected: (attempt: Attempt) => void;
  /** Milliseconds. */
  readonly pollEvery?: number;
}

export interface RunningAttempt {
  view(): AttemptView;
  /** Of a new try; `text` is shown in the window of a consent until the service's page comes. */
  start(text: string): void;
  /** With the method `api_key`: a new try with these values, which are kept nowhere. */
  submit(fields: Readonly<Record<string, string>>): void;
  /** Ends it at both ends; more than once is fine. */
  close(): void;
}

/** How often the backend may be out of reach before the person is told. */
const shakyAfter = 3;

/** One way to connect one channel, tried as often as the person likes. */
export function createAttempt(
  request: AttemptRequest,
  { client, address, changed, connected, pollEvery = 2000 }: AttemptOptions,
): RunningAttempt {
  let view: AttemptView = {
    request,
    phase: 'ready',
    prompt: null,
    isSlow: false,
    isShaky: false,
    problem: null,
    detail: null,
    failure: undefined,
  };
  /** The try that counts; answers to earlier ones come too late. */
  let turn = 0;
  let attemptId: string | undefined;
  let consent: ConsentWindow | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopListening: (() => void) | undefined;
  let misses = 0;
  let isAsking = false;

  const show = (change: Partial<AttemptView>): void => {
    view = { ...view, ...change };
    changed(view);
  };
  const slow = (mine: number): CallOptions => ({
    onSlow() {
      if (mine === turn) show({ isSlow: true });
    },
  });

  /**
   * Whatever the last try holds goes; its attempt is given up unless it has ended. Of one that has failed the window may
   * stay: it says why.
   */
  function drop({ isOver = false, isWindowKept = false } = {}): void {
    turn += 1;
    clearTimeout(timer);
    stopListening?.();
    if (!isWindowKept) consent?.close();
    if (attemptId !== undefined && !isOver) client.giveUp(attemptId);
    if (!isWindowKept) consent = undefined;
    [timer, stopListening, attemptId] = [undefined, undefined, undefined];
    [misses, isAsking] = [0, false];
  }

  function fail(change: Partial<AttemptView>, { isOver }: { isOver: boolean }): void {
    drop({ isOver, isWindowKept: isOver && attemptId !== undefined });
    show({ phase: 'failed', prompt: null, isSlow: false, isShaky: false, ...change });
  }

  /** What an answer about the attempt means. */
  function take(outcome: Outcome<Attempt>): void {
    if (!outcome.ok) {
      // Of one that the backend refuses to know there is nothing to give up.
      fail({ failure: outcome.failure }, { isOver: outcome.failure.kind === 'refused' });
      return;
    }
    const { id, state, prompt, problem, detail } = outcome.value;
    attemptId = id;
    if (state === 'connected') {
      drop({ isOver: true });
      connected(outcome.value);
    } else if (state === 'failed') {
      fail({ problem: problem ?? 'service_unavailable', detail }, { isOver: true });
    } else {
      const phase = view.phase === 'left' ? 'left' : 'waiting';
      show({ phase, prompt, isSlow: false, isShaky: false });
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    if (attemptId === undefined) return;
    timer = setTimeout(() => void look(), untilNextLook());
  }

  /** Sooner when a code runs out before; a clock that goes wrong must not make it a torrent. */
  function untilNextLook(): number {
    const expires = view.prompt?.kind === 'qr' ? view.prompt.expires_at : null;
    const left = (expires ?? 0) * 1000 - Date.now();
    return left > 0 && left < pollEvery ? left : pollEvery;
  }

  async function look(): Promise<void> {
    if (attemptId === undefined || isAsking) return;
    const mine = turn;
    const wasClosed = consent?.isClosed() === true;
    isAsking = true;
    const outcome = await client.look(attemptId);
    if (mine !== turn) return;
    isAsking = false;
    if (!outcome.ok && outcome.failure.kind !== 'refused' && outcome.failure.kind !== 'session_expired') {
      misses += 1;
      if (misses === shakyAfter) show({ isShaky: true });
    } else {
      misses = 0;
      take(outcome);
      if (mine !== turn) return;
      if (wasClosed && view.phase === 'waiting') show({ phase: 'left' });
    }
    schedule();
  }

  async function begin(then: (mine: number) => Promise<void> | void): Promise<void> {
    const mine = turn;
    show({
      phase: 'working',
      prompt: null,
      isSlow: false,
      isShaky: false,
      problem: null,
      detail: null,
      failure: undefined,
    });
    const outcome = await client.begin(request, slow(mine));
    if (mine !== turn) {
      // Closed while it was being begun: it must not wait at the backend for nobody.
      if (outcome.ok && outcome.value.state === 'waiting') client.giveUp(outcome.value.id);
      return;
    }
    if (outcome.ok && outcome.value.state === 'waiting') {
      attemptId = outcome.value.id;
      await then(mine);
    }
    if (mine === turn && view.phase === 'working') take(outcome);
  }

  function startConsent(text: string): void {
    consent = openConsentWindow(text);
    if (consent === undefined) {
      show({ phase: 'blocked', problem: null, failure: undefined });
      return;
    }
    stopListening = listenToConsent(address, {
      ended(id) {
        if (id === undefined || id === attemptId) void look();
      },
      proofOf(id, event) {
        const isOurs = id === attemptId && consent?.isSourceOf(event) === true;
        return isOurs && view.prompt?.kind === 'oauth' ? view.prompt.proof : undefined;
      },
    });
    void begin(() => undefined).then(() => {
      if (view.prompt?.kind !== 'oauth' || consent === undefined) return;
      const url = webAddress(view.prompt.url);
      if (url === undefined) fail({ failure: { kind: 'unreadable' } }, { isOver: false });
      else consent.goTo(url);
      schedule();
    });
  }

  return {
    view: () => view,
    start(text) {
      drop();
      if (request.method === 'oauth') startConsent(text);
      else void begin(() => undefined).then(schedule);
    },
    submit(fields) {
      drop();
      void begin(async (mine) => {
        const outcome = await client.fill(attemptId ?? '', fields, slow(mine));
        if (mine === turn) take(outcome);
      }).then(schedule);
    },
    close() {
      drop();
    },
  };
}
