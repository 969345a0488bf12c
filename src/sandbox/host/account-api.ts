import type { ListedWidget } from '../account/widgets/list.js';
import type {
  BotRunView,
  BotView,
  ChatMessageView,
  ChatView,
  Faults,
  Happening,
  NumberedTraffic,
  ReportEntry,
  Session,
  Switches,
  Trigger,
} from '../wire.js';
import type { PhoneMessage, PhoneService, PhoneSettings } from '../phone-wire.js';

/** An answer that is no 2xx; `message` is for a person, `body` what came. */
export class RefusedCall extends Error {
  readonly status: number;
  readonly body: string;

  constructor(call: string, status: number, body: string) {
    super(`${call} was answered with ${status}${reasonOf(body)}`);
    this.name = 'RefusedCall';
    this.status = status;
    this.body = body;
  }
}

/** A bot's name and its steps, as the designer stores them. */
export interface BotDraft {
  readonly name: string;
  readonly steps: readonly BotView['steps'][string][];
}

/** What a client writes on the phone. */
export interface PhoneWriting {
  /** E.164. */
  readonly from: string;
  readonly name?: string;
  readonly account?: string;
  readonly text?: string;
  readonly media?: 'picture' | 'file';
}

/** What the pages ask the account for; each call rejects with {@link RefusedCall} when it is refused. */
export interface AccountApi {
  /** API v4 as the signed-in user: `get<Collection<'leads', Lead>>('/leads?limit=250')`. Undefined for 204. */
  get<Answer>(path: string): Promise<Answer | undefined>;
  post<Answer>(path: string, body: unknown): Promise<Answer | undefined>;
  patch<Answer>(path: string, body: unknown): Promise<Answer | undefined>;
  delete(path: string): Promise<void>;

  session(): Promise<Session>;
  listWidgets(area: string): Promise<Record<string, ListedWidget>>;
  /** The save of the settings modal; without `settings` it only installs (`/ajax/widgets/edit`). */
  editWidget(code: string, edit: { active: 'Y' | 'N'; settings?: Record<string, unknown> }): Promise<void>;
  /** Takes a widget off: its integration loses access (`DELETE /api/v4/widgets/{code}`). */
  uninstallWidget(code: string): Promise<void>;
  /** Takes a zip as Settings → Integrations does; rejects with the reasons of the refusal. */
  uploadWidget(code: string | null, archive: Blob): Promise<void>;

  triggers(): Promise<Trigger[]>;
  saveTrigger(trigger: Omit<Trigger, 'id'> & { id?: number }): Promise<Trigger>;
  deleteTrigger(id: number): Promise<void>;
  happen(happening: Happening): Promise<void>;

  bots(): Promise<BotView[]>;
  addBot(bot: BotDraft): Promise<BotView>;
  saveBot(id: number, bot: BotDraft): Promise<BotView>;
  runBot(id: number, target: Pick<BotRunView, 'entity_id' | 'entity_type'>): Promise<BotRunView>;
  /** Newest first. */
  botRuns(id: number): Promise<BotRunView[]>;

  /** Chats of a lead, a customer or a contact. */
  chats(of: 'lead' | 'customer' | 'contact', id: number): Promise<ChatView[]>;
  /** The signed-in user writes into a chat; a message that reached nobody has its `error`. */
  answerChat(chat: string, content: { text?: string; media?: 'picture' | 'file' }): Promise<ChatMessageView>;

  setSwitches(switches: Partial<Switches>): Promise<void>;
  faults(): Promise<Faults>;
  setFaults(faults: Partial<Faults>): Promise<void>;
  traffic(): Promise<NumberedTraffic[]>;
  clearTraffic(): Promise<void>;
  sendAgain(number: number): Promise<void>;
  report(): Promise<ReportEntry[]>;
  addReport(entries: readonly ReportEntry[]): Promise<void>;
  clearReport(): Promise<void>;
  expireTokens(): Promise<void>;

  /** The newest messages of the demo chat service. */
  phoneMessages(): Promise<PhoneMessage[]>;
  /** A client writes to a business; without an account to the one that wrote last. */
  writeOnPhone(written: PhoneWriting): Promise<PhoneMessage>;
  phoneService(): Promise<PhoneService>;
  /** Connects the app that shows a code with a business; gives the app's name. */
  scanOnPhone(scan: {
    readonly pairing: string;
    readonly account: string;
  }): Promise<{ readonly app: string }>;
  signOutOnPhone(connection: string): Promise<void>;
  /** A person has what was sent to this number in view. */
  seenOnPhone(to: string): Promise<void>;
  phoneSettings(): Promise<PhoneSettings>;
  setPhoneSettings(settings: Partial<PhoneSettings>): Promise<void>;
  reset(): Promise<void>;
}

/** The account at the page's own origin. */
export function createAccountApi({ fetch = window.fetch.bind(window) } = {}): AccountApi {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer | undefined> {
    const isFile = body instanceof Blob;
    const response = await fetch(path, {
      method,
      headers: {
        'X-Requested-With': 'XMLHttpRequest',
        // Keeps the page's own calls out of the traffic, which shows those of widgets.
        'X-Account-Page': '1',
        ...(body === undefined ? {} : { 'Content-Type': isFile ? 'application/zip' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedCall(`${method} ${path}`, response.status, text);
    return text === '' ? undefined : (JSON.parse(text) as Answer);
  }
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
    (await call<Answer>(method, path, body)) as Answer;
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await call(method, path, body);
  };

  return {
    get: (path) => call('GET', `/api/v4${path}`),
    post: (path, body) => call('POST', `/api/v4${path}`, body),
    patch: (path, body) => call('PATCH', `/api/v4${path}`, body),
    delete: (path) => tell('DELETE', `/api/v4${path}`),

    session: () => ask('GET', '/sandbox/session'),
    listWidgets: async (area) =>
      (await ask<{ widgets: Record<string, ListedWidget> }>('POST', '/ajax/widgets/list', { area })).widgets,
    editWidget: (code, { active, settings }) =>
      tell('POST', '/ajax/widgets/edit', {
        action: 'edit',
        code,
        widget_active: active,
        ...(settings === undefined ? {} : { settings }),
      }),
    uninstallWidget: (code) => tell('DELETE', `/api/v4/widgets/${encodeURIComponent(code)}`),
    uploadWidget: (code, archive) =>
      tell('POST', `/sandbox/widgets${code === null ? '' : `/${encodeURIComponent(code)}`}`, archive),

    triggers: () => ask('GET', '/sandbox/triggers'),
    saveTrigger: ({ id, ...trigger }) =>
      id === undefined
        ? ask('POST', '/sandbox/triggers', trigger)
        : ask('PUT', `/sandbox/triggers/${id}`, trigger),
    deleteTrigger: (id) => tell('DELETE', `/sandbox/triggers/${id}`),
    happen: (happening) => tell('POST', '/sandbox/happenings', happening),

    bots: () => ask('GET', '/sandbox/bots'),
    addBot: (bot) => ask('POST', '/sandbox/bots', bot),
    saveBot: (id, bot) => ask('PUT', `/sandbox/bots/${id}`, bot),
    runBot: (id, target) => ask('POST', `/sandbox/bots/${id}/run`, target),
    botRuns: (id) => ask('GET', `/sandbox/bots/${id}/runs`),

    chats: (of, id) => ask('GET', `/sandbox/chats?${of}=${id}`),
    answerChat: (chat, content) => ask('POST', '/sandbox/chats/messages', { chat, ...content }),

    setSwitches: (switches) => tell('PATCH', '/sandbox/switches', switches),
    faults: () => ask('GET', '/sandbox/faults'),
    setFaults: (faults) => tell('PATCH', '/sandbox/faults', faults),
    traffic: () => ask('GET', '/sandbox/traffic'),
    clearTraffic: () => tell('DELETE', '/sandbox/traffic'),
    sendAgain: (number) => tell('POST', `/sandbox/traffic/${number}/again`),
    report: () => ask('GET', '/sandbox/report'),
    addReport: (entries) => tell('POST', '/sandbox/report', entries),
    clearReport: () => tell('DELETE', '/sandbox/report'),
    expireTokens: () => tell('POST', '/sandbox/tokens/expire'),
    phoneMessages: () => ask('GET', '/sandbox/phone/messages'),
    writeOnPhone: (written) => ask('POST', '/sandbox/phone/write', written),
    phoneService: () => ask('GET', '/sandbox/phone/service'),
    scanOnPhone: (scan) => ask('POST', '/sandbox/phone/scan', scan),
    signOutOnPhone: (connection) => tell('DELETE', `/sandbox/phone/connections/${connection}`),
    seenOnPhone: (to) => tell('POST', '/sandbox/phone/seen', { to }),
    phoneSettings: () => ask('GET', '/sandbox/phone/settings'),
    setPhoneSettings: (settings) => tell('PATCH', '/sandbox/phone/settings', settings),
    reset: () => tell('POST', '/sandbox/reset'),
  };
}

/** What the account says about a refusal: `detail` of problem+json, `error`, or nothing. */
function reasonOf(body: string): string {
  try {
    const { detail, error } = JSON.parse(body) as { detail?: unknown; error?: unknown };
    const reason = detail ?? error;
    return typeof reason === 'string' ? `: ${reason}` : '';
  } catch {
    return '';
  }
}
