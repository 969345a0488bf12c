import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../src/sandbox/index.js';
import type { SocketMessage } from '../../../../src/sandbox/wire.js';

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** The parsed body, read by path; undefined when it is empty. */
export type Json = { readonly [name: string]: Json } & readonly Json[];

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface TestSandbox {
  readonly sandbox: Sandbox;
  /** Calls as a page of the account does. */
  readonly page: Call;
  /** Calls as a program does. */
  readonly program: Call;
  /** A new token of the administrator for the widget's integration. */
  readonly token: () => string;
  readonly listen: () => Promise<Listener>;
}

export interface Listener {
  readonly messages: SocketMessage[];
  /** The first message that fits, whether it has come or is to come. */
  readonly heard: <Kind extends SocketMessage['kind']>(
    kind: Kind,
    fits?: (message: Extract<SocketMessage, { kind: Kind }>) => boolean,
  ) => Promise<Extract<SocketMessage, { kind: Kind }>>;
}

export const code = 'small';

/** The demo account with one widget, installed; everything ends with the test. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({
    widgets: [{ files: widget(), label: 'small.zip', code }],
    hostFiles: Promise.resolve({ script: '', styles: '', phone: '' }),
    loopGuard: false,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const call: Call = async (method, path, body, headers = {}) => {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { ...(body !== undefined && !isBytes && { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Json };
  };
  return {
    sandbox,
    program: call,
    page: (method, path, body, headers) =>
      call(method, path, body, {
        Origin: sandbox.url,
        'X-Requested-With': 'XMLHttpRequest',
        ...headers,
      }),
    token() {
      const { account } = sandbox.server.context;
      const client_uuid = account.widgets.get(code)?.client_uuid ?? '';
      const expires_at = Date.now() / 1000 + 3600;
      const token = `token-${account.access_tokens.size}`;
      const bearer = { token, client_uuid, user_id: 11, scopes: ['crm'], expires_at, is_revoked: false };
      account.access_tokens.set(token, bearer);
      return token;
    },
    listen: () => listen(sandbox.url, sandbox.url),
  };
}

/** Opens the socket as a page of this origin. */
export async function listen(url: string, origin: string): Promise<Listener> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sandbox/socket`, { origin });
  const messages: SocketMessage[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')) as SocketMessage);
    for (const look of [...waiting]) look();
  });
  onTestFinished(() => {
    socket.terminate();
  });
  await once(socket, 'open');
  return {
    messages,
    heard: (kind, fits = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = messages.find(
            (message): message is Extract<SocketMessage, { kind: typeof kind }> =>
              message.kind === kind && fits(message as Extract<SocketMessage, { kind: typeof kind }>),
          );
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The files of a small widget for the digital pipeline. */
export function widget({
  version = '1.0.0',
  script = 'define(function () { return function () {}; });',
  dp = {},
}: { version?: string; script?: string; dp?: object } = {}): Map<string, Buffer> {
  const manifest = {
    widget: {
      name: 'widget.name',
      description: 'widget.name',
      version,
      locale: ['en'],
      interface_version: 2,
    },
    locations: ['settings', 'digital_pipeline'],
    settings: {},
    dp: { settings: {}, action_multiple: false, webhook_url: 'https://example.com/hook', ...dp },
  };
  return new Map([
    ['manifest.json', Buffer.from(JSON.stringify(manifest))],
    ['i18n/en.json', Buffer.from(JSON.stringify({ widget: { name: 'Small widget' } }))],
    ['script.js', Buffer.from(script)],
  ]);
}
