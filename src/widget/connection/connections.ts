import $ from 'jquery';
import type { AttemptRequest, ConnectionState } from '../../contract/connections-api.js';
import type { AuthorizedRequest, WidgetInstance } from '../../kommo/widget.js';
import type { RunningAttempt } from './attempt/attempt.js';
import { isBeforeInstall } from './before-install.js';
import { type Client, createClient } from './client.js';
import { type ConnectionsView, type ConnectModule, firstView, type Opening } from './connections-view.js';
import { type Draft, isChanged, requestOf, tidy } from './draft.js';
import { openKommoForm } from './kommo-form.js';
import type { Outcome } from './outcome.js';

export interface Connections {
  readonly view: () => ConnectionsView;
  /** Calls back after every change of the view; the answer ends that. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads the channels, again after a failure; from the answer to this request if there is one already. */
  readonly reload: (asked?: AuthorizedRequest) => void;
  readonly choosePipeline: (channelId: string, pipelineId: number | null) => void;
  readonly chooseDefault: (channelId: string) => void;
  /** Opens a way to connect; the one before is given up. */
  readonly openAttempt: (request: AttemptRequest) => void;
  readonly closeAttempt: () => void;
  /** Undefined while no way to connect is open. */
  readonly attempt: () => RunningAttempt | undefined;
  /** Asks first; {@link disconnect} does it. */
  readonly askToDisconnect: (channelId: string | undefined) => void;
  readonly disconnect: () => void;
  /** Has the backend use what is chosen; true once it says that it does. The view tells why it doesn't. */
  readonly save: () => Promise<boolean>;
  /** Writes what Kommo has to store into the fields of a save, whatever those are. */
  readonly fill: (fields: unknown) => void;
  /** Ends everything that runs; more than once is fine. */
  readonly close: () => void;
}

export interface ConnectionsOptions {
  /** Where the panel is in Kommo's modal. */
  readonly place: Element;
  /** The backend, without a slash at the end. */
  readonly address: string;
  readonly loadConnect: () => Promise<ConnectModule>;
  /** Milliseconds after which a backend that has not heard of the installation yet is asked again. */
  readonly installPause?: number;
  readonly client?: Client;
}

interface ReadOptions {
  /** Whether somebody here has asked for it, and wants to know if it fails. */
  readonly isOwn?: boolean;
  readonly asked?: AuthorizedRequest | undefined;
}

/** How often a backend is asked again that has not heard of the installation yet. */
const installTries = 5;

/** The channels of the account, what is being done about them, and what of it is still to be saved. */
export function createConnections(
  widget: WidgetInstance,
  {
    place,
    address,
    loadConnect,
    installPause = 2000,
    client = createClient(widget, { address }),
  }: ConnectionsOptions,
): Connections {
  const form = openKommoForm(place, storedChannels(widget));
  const listeners = new Set<() => void>();
  let view = firstView;
  let running: RunningAttempt | undefined;
  let reading: Promise<void> | undefined;
  let installTimer: ReturnType<typeof setTimeout> | undefined;
  let triesLeft = installTries;
  let isClosed = false;

  function show(change: Partial<ConnectionsView>): void {
    if (isClosed) return;
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  }

  /** Takes over what the backend has; what was chosen here and differs from it stays chosen. */
  function take(state: ConnectionState, change: Partial<ConnectionsView> = {}): void {
    show({ state, draft: tidy(state, view.draft), failure: undefined, ...change });
    offerSave();
  }

  function choose(draft: Draft): void {
    show({ draft: view.state === undefined ? draft : tidy(view.state, draft), saveFailure: undefined });
    offerSave();
  }

  function offerSave(): void {
    if (view.state?.can_change !== true || isClosed) return;
    form.show(
      view.state.channels.map(({ id }) => id),
      { isChanged: isChanged(view.state, view.draft) },
    );
  }

  /** One at a time: whoever asks while a read is under way waits for that. */
  function read({ isOwn = true, asked }: ReadOptions = {}): Promise<void> {
    reading ??= readOnce(isOwn, asked).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readOnce(isOwn: boolean, asked: AuthorizedRequest | undefined): Promise<void> {
    clearTimeout(installTimer);
    show({ isLoading: true, isSlow: false });
    const outcome = await client.read({
      asked,
      onSlow() {
        show({ isSlow: true });
      },
    });
    show({ isLoading: false, isSlow: false });
    if (outcome.ok) {
      const isOvertaken = !isOwn && view.state !== undefined && view.state.version !== outcome.value.version;
      take(outcome.value, isOvertaken ? { isOvertaken, saveFailure: undefined } : {});
      return;
    }
    // What is on the screen is better than an error when nobody has asked for anything newer.
    if (isOwn || view.state === undefined) show({ failure: outcome.failure });
    if (isRefusal(outcome, 'not_installed') && triesLeft > 0 && !isClosed) {
      triesLeft -= 1;
      installTimer = setTimeout(() => void read(), installPause);
    }
  }

  /** Another tab may have changed something while this one was in the background. */
  const onReturn = (): void => {
    const isBusy = view.opening !== undefined || view.disconnecting?.phase === 'working';
    if (document.visibilityState === 'hidden' || isBusy || isBeforeInstall(widget)) return;
    void read({ isOwn: false });
  };
  window.addEventListener('focus', onReturn);
  document.addEventListener('visibilitychange', onReturn);
  // Kommo tells that an integration was installed (`platform/widget.md §12`); the open panel can go on then.
  const onInstalled = (): void => {
    triesLeft = installTries;
    void read();
  };
  const installed = `widget:installed${widget.ns ?? ''}`;
  $(document).on(installed, onInstalled);

  function closeAttempt(): void {
    running?.close();
    running = undefined;
    show({ opening: undefined, attempt: undefined });
  }

  async function openAttempt(request: AttemptRequest): Promise<void> {
    closeAttempt();
    const opening: Opening = { request, module: undefined, isFailed: false };
    show({ opening, news: undefined, disconnecting: undefined, saveFailure: undefined });
    const module = await loadConnect().catch(() => undefined);
    if (view.opening !== opening || isClosed) return;
    if (module === undefined) {
      show({ opening: { ...opening, isFailed: true } });
      return;
    }
    const mine = module.createAttempt(request, {
      client,
      address,
      changed(attempt) {
        if (running === mine) show({ attempt });
      },
      connected: ({ channel_id }) => void connected(channel_id),
    });
    running = mine;
    show({ opening: { ...opening, module }, attempt: mine.view() });
    // The other ways wait for the person.
    if (request.method === 'qr') mine.start('');
  }

  async function connected(channelId: string | null): Promise<void> {
    // One that began before may not have it.
    await reading;
    await read();
    const channel = view.state?.channels.find(({ id }) => id === channelId);
    running = undefined;
    show({
      opening: undefined,
      attempt: undefined,
      ...(channel && { news: { kind: 'connected', channel } }),
    });
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reload: (asked) => void read({ asked }),
    choosePipeline(channelId, pipelineId) {
      const pipelines = new Map(view.draft.pipelines).set(channelId, pipelineId);
      choose({ ...view.draft, pipelines });
    },
    chooseDefault(defaultId) {
      choose({ ...view.draft, defaultId });
    },
    openAttempt: (request) => void openAttempt(request),
    closeAttempt,
    attempt: () => running,
    askToDisconnect(id) {
      show({ disconnecting: id === undefined ? undefined : { id, phase: 'asking' }, news: undefined });
    },
    disconnect() {
      void disconnect();
    },
    save,
    fill(fields) {
      const value = form.value();
      if (value === undefined || typeof fields !== 'object' || fields === null) return;
      Reflect.set(fields, 'channels', value);
    },
    close() {
      if (isClosed) return;
      running?.close();
      isClosed = true;
      client.close();
      form.close();
      clearTimeout(installTimer);
      window.removeEventListener('focus', onReturn);
      document.removeEventListener('visibilitychange', onReturn);
      $(document).off(installed, onInstalled);
      listeners.clear();
    },
  };

  async function disconnect(): Promise<void> {
    const id = view.disconnecting?.id;
    const channel = view.state?.channels.find((one) => one.id === id);
    if (id === undefined || channel === undefined) return;
    show({ disconnecting: { id, phase: 'working' } });
    const outcome = await client.disconnect(id);
    if (outcome.ok) {
      take(outcome.value, { disconnecting: undefined, news: { kind: 'disconnected', channel } });
    } else if (isRefusal(outcome, 'unknown_channel')) {
      show({ disconnecting: undefined });
      await read({ isOwn: false });
    } else {
      show({ disconnecting: { id, phase: 'failed', failure: outcome.failure } });
    }
  }

  async function save(): Promise<boolean> {
    show({ saveFailure: undefined });
    if (view.state === undefined && isBeforeInstall(widget)) {
      // This press installs it, and only then can a channel be connected.
      triesLeft = installTries;
      installTimer = setTimeout(() => void read(), installPause);
      return false;
    }
    if (view.state === undefined) await read();
    if (view.state === undefined) return refuse(view.failure ?? { kind: 'unreachable' });
    if (!view.state.can_change) return refuse({ kind: 'refused', code: 'not_admin' });
    const request = requestOf(view.state, view.draft);
    if (request === undefined) return refuse('no_channels');
    const outcome = await client.save(request);
    if (outcome.ok) {
      form.saved();
      take(outcome.value, { isOvertaken: false, news: undefined });
      return true;
    }
    // What it says is not what is shown here.
    if (outcome.failure.kind === 'session_expired' || isRefusal(outcome, ...outdated)) {
      await read({ isOwn: false });
    }
    return refuse(outcome.failure);
  }

  function refuse(saveFailure: NonNullable<ConnectionsView['saveFailure']>): false {
    show({ saveFailure });
    if (!isClosed) form.failed();
    return false;
  }
}

/** Refusals of a save that come of an older state than the backend's. */
const outdated = ['changed_elsewhere', 'unknown_channel', 'channel_disconnected', 'unknown_pipeline'];

function isRefusal(outcome: Outcome<unknown>, ...codes: readonly string[]): boolean {
  return !outcome.ok && outcome.failure.kind === 'refused' && codes.includes(outcome.failure.code);
}

function storedChannels(widget: Partial<Pick<WidgetInstance, 'get_settings'>>): unknown {
  try {
    return widget.get_settings?.()['channels'];
  } catch {
    return undefined;
  }
}
