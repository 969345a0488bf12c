import { randomUUID } from 'node:crypto';
import {
  attempt as attemptSchema,
  attemptRequest,
  type Attempt,
  type Channel,
  type ConnectableService,
  type ConnectionState,
  connectionState,
  fieldsRequest,
  settingsRequest,
} from '../../src/contract/connections-api.js';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface BackendRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export const pipelines = [
  { id: 50, name: 'Sales' },
  { id: 51, name: 'Wholesale' },
];

export const services: readonly ConnectableService[] = [
  { name: 'demo', title: 'Demo chat', methods: ['oauth', 'qr'], fields: [] },
  {
    name: 'twilio',
    title: 'Twilio',
    methods: ['api_key'],
    fields: [
      { name: 'sid', label: 'account_id', is_secret: false, is_required: true, example: 'AC0123' },
      { name: 'token', label: 'secret', is_secret: true, is_required: true, example: null },
      { name: 'from', label: 'sender', is_secret: false, is_required: false, example: '+1 202 555 0100' },
    ],
  },
];

/** A picture that a browser shows: one pixel. */
export const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

export function channelOf(change: Partial<Channel> = {}): Channel {
  return {
    id: randomUUID(),
    service: 'demo',
    method: 'oauth',
    name: 'Shop',
    phone: '+12025550100',
    state: 'connected',
    pipeline_id: 50,
    is_default: false,
    is_saved: true,
    ...change,
  };
}

/** The token that {@link ConnectionsBackend.fill} takes; another is a wrong one. */
export const goodToken = 'good token';

/**
 * The API of `src/contract/connections-api.ts` over a state in memory, in the place of the backend: it refuses what the
 * contract does not allow and answers nothing else than what it promises.
 */
export class ConnectionsBackend {
  state: ConnectionState;
  readonly attempts = new Map<string, Attempt>();
  readonly requests: BackendRequest[] = [];
  /** Answers that come in the place of the right ones, each once. */
  readonly #instead: { readonly when: (request: BackendRequest) => boolean; readonly answer: Answer }[] = [];

  constructor(state: Partial<ConnectionState> = {}) {
    this.state = {
      services: [...services],
      channels: [],
      pipelines,
      limit: 50,
      version: 1,
      can_change: true,
      ...state,
    };
  }

  /** The next request like this, `PUT /connections/settings`, gets this answer. */
  answerOnce(request: string, answer: Answer): void {
    this.#instead.push({ when: ({ method, path }) => `${method} ${path}`.startsWith(request), answer });
  }

  /** What another page, or the service, has done to a channel. */
  change(id: string, change: Partial<Channel>): void {
    const channels = this.state.channels.map((channel) =>
      channel.id === id ? { ...channel, ...change } : channel,
    );
    this.state = { ...this.state, channels, version: this.state.version + 1 };
  }

  /** The attempt that waits, as the service would go on with it. */
  get waiting(): Attempt {
    const attempt = [...this.attempts.values()].findLast(({ state }) => state === 'waiting');
    if (attempt === undefined) throw new Error('No attempt waits.');
    return attempt;
  }

  /** The service lets us in. */
  connect(channel: Partial<Channel> = {}): Channel {
    const { id, service, method } = this.waiting;
    const made = channelOf({ service, method, is_saved: false, pipeline_id: null, ...channel });
    const channels = [...this.state.channels.filter((one) => one.id !== made.id), made];
    this.state = { ...this.state, channels, version: this.state.version + 1 };
    this.#set(id, { state: 'connected', prompt: null, channel_id: made.id });
    return made;
  }

  /** The service does not. */
  fail(problem: NonNullable<Attempt['problem']>, detail: string | null = null): void {
    this.#set(this.waiting.id, { state: 'failed', prompt: null, problem, detail });
  }

  showCode(image: string | null, expires_at: number | null = null): void {
    this.#set(this.waiting.id, { prompt: { kind: 'qr', image, expires_at } });
  }

  /** Consent pages are below this address. */
  consentPage = 'https://consent.example.com/';

  handle(request: BackendRequest): Answer {
    this.requests.push(request);
    const index = this.#instead.findIndex(({ when }) => when(request));
    if (index >= 0) return this.#instead.splice(index, 1)[0]?.answer ?? { status: 500 };
    const { method, path, body } = request;
    const [, first, second, third, fourth] = path.split('/');
    if (first !== 'connections') return refusal(404, 'not_found');
    if (method === 'GET' && second === undefined) return this.#told();
    if (!this.state.can_change) return refusal(403, 'not_admin');
    if (method === 'POST' && second === 'attempts' && third === undefined) return this.#begin(body);
    if (second === 'attempts' && third !== undefined) {
      const attempt = this.attempts.get(third);
      if (attempt === undefined) return refusal(404, 'unknown_attempt');
      if (method === 'GET') return { status: 200, body: attemptSchema.parse(attempt) };
      if (method === 'DELETE') {
        this.attempts.delete(third);
        return { status: 204 };
      }
      if (method === 'POST' && fourth === 'fields') return this.#fill(attempt, body);
    }
    if (method === 'PUT' && second === 'settings') return this.#save(body);
    if (method === 'DELETE' && second === 'channels') {
      if (!this.state.channels.some(({ id }) => id === third)) return refusal(404, 'unknown_channel');
      const channels = this.state.channels.filter(({ id }) => id !== third);
      this.state = { ...this.state, channels, version: this.state.version + 1 };
      return this.#told();
    }
    return refusal(404, 'not_found');
  }

  #told(): Answer {
    return { status: 200, body: connectionState.parse(this.state) };
  }

  #begin(body: unknown): Answer {
    const { service, method } = attemptRequest.parse(body);
    if (!this.state.services.some(({ name }) => name === service)) return refusal(404, 'unknown_service');
    const prompts = {
      oauth: { kind: 'oauth', url: `${this.consentPage}?state=1`, proof: randomUUID() },
      qr: { kind: 'qr', image: null, expires_at: null },
      api_key: { kind: 'fields' },
    } as const;
    const attempt: Attempt = {
      id: randomUUID(),
      service,
      method,
      state: 'waiting',
      prompt: prompts[method],
      problem: null,
      detail: null,
      channel_id: null,
    };
    this.attempts.set(attempt.id, attempt);
    return { status: 200, body: attemptSchema.parse(attempt) };
  }

  #fill(attempt: Attempt, body: unknown): Answer {
    const { fields } = fieldsRequest.parse(body);
    if (fields['token'] === goodToken)
      this.connect({ name: fields['sid'] ?? '', phone: fields['from'] ?? null });
    else this.fail('wrong_credentials', 'Authenticate');
    return { status: 200, body: attemptSchema.parse(this.attempts.get(attempt.id)) };
  }

  #save(body: unknown): Answer {
    const { version, channels, default_channel_id } = settingsRequest.parse(body);
    if (version !== this.state.version) return refusal(409, 'changed_elsewhere');
    for (const { id } of channels) {
      const channel = this.state.channels.find((one) => one.id === id);
      if (channel === undefined) return refusal(404, 'unknown_channel');
      if (channel.state === 'disconnected') return refusal(422, 'channel_disconnected');
    }
    this.state = {
      ...this.state,
      version: version + 1,
      channels: this.state.channels.map((channel) => {
        const chosen = channels.find(({ id }) => id === channel.id);
        return {
          ...channel,
          is_saved: chosen !== undefined,
          is_default: channel.id === default_channel_id,
          pipeline_id: chosen?.pipeline_id ?? null,
        };
      }),
    };
    return this.#told();
  }

  #set(id: string, change: Partial<Attempt>): void {
    const attempt = this.attempts.get(id);
    if (attempt !== undefined) this.attempts.set(id, { ...attempt, ...change });
  }
}

export function refusal(status: number, code: string | number, more: object = {}): Answer {
  return { status, body: { code, message: `As the test wants it: ${code}`, ...more } };
}
