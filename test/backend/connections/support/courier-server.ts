import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CourierAccount {
  readonly key: string;
  readonly name: string;
  readonly phone?: string;
  readonly token: string;
}

/** What the service does in the place of an answer, to calls whose path begins so. */
export interface CourierFault {
  readonly path: string;
  readonly kind: 'html' | 'error' | 'silence';
}

interface Session {
  account: CourierAccount | undefined;
  code: { png: string } | { text: string } | undefined;
}

/** A call that the service has got. */
export interface CourierCall {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A small chat service over HTTP that knows all three ways of being connected. */
export interface CourierServer {
  readonly url: string;
  readonly calls: CourierCall[];
  readonly sessions: Map<string, Session>;
  /** Where it tells what comes in, by token. */
  readonly hooks: Map<string, string>;
  faults: CourierFault[];
  addAccount(values?: Partial<CourierAccount>): CourierAccount;
  /** Its access data is no good any more. */
  signOut(account: CourierAccount): void;
  /** A person agrees on the consent page; the code that goes back. */
  consent(page: string, account: CourierAccount): { readonly code: string; readonly state: string };
  close(): Promise<void>;
}

export async function startCourierServer(): Promise<CourierServer> {
  const accounts = new Map<string, CourierAccount>();
  const sessions = new Map<string, Session>();
  const hooks = new Map<string, string>();
  const codes = new Map<string, { challenge: string; redirectUri: string; account: CourierAccount }>();
  const calls: CourierCall[] = [];
  let numbers = 0;

  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  const refuse = (response: ServerResponse, status: number, message: string): void => {
    answer(response, status, { message });
  };

  const handle = ({ method, path, token, body }: CourierCall, response: ServerResponse): void => {
    const account = accounts.get(token ?? '');
    const [, first = '', id = '', last = ''] = path.split('/');
    if (first === 'token') {
      const granted = codes.get(String(body['code']));
      codes.delete(String(body['code']));
      const challenge = createHash('sha256').update(String(body['code_verifier'])).digest('base64url');
      if (granted?.challenge !== challenge || granted.redirectUri !== body['redirect_uri']) {
        refuse(response, 400, 'The code is not good.');
      } else answer(response, 200, granted.account);
      return;
    }
    if (first === 'sessions') {
      if (method === 'POST' && id === '') {
        sessions.set(String(body['id']), { account: undefined, code: undefined });
        answer(response, 200, {});
        return;
      }
      const session = sessions.get(id);
      if (session === undefined) refuse(response, 404, 'No such session.');
      else if (last === 'forget') {
        sessions.delete(id);
        answer(response, 200, {});
      } else answer(response, 200, session);
      return;
    }
    if (account === undefined) {
      refuse(response, 401, 'The token is not good.');
      return;
    }
    if (first === 'account') answer(response, 200, account);
    else if (first === 'listen') {
      hooks.set(account.token, String(body['url']));
      answer(response, 200, {});
    } else if (first === 'silence') {
      hooks.delete(account.token);
      answer(response, 200, {});
    } else if (first === 'messages') answer(response, 200, { id: randomUUID() });
    else refuse(response, 404, 'There is nothing here.');
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const text = Buffer.concat(chunks).toString();
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const token = request.headers.authorization?.replace('Bearer ', '');
      const call = { method: request.method ?? '', path, token, body };
      calls.push(call);
      const fault = running.faults.find((one) => path.startsWith(one.path));
      if (fault === undefined) handle(call, response);
      else if (fault.kind === 'html') {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><h1>Hello</h1>');
      } else if (fault.kind === 'error') refuse(response, 500, 'Something broke.');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const running: CourierServer = {
    url,
    calls,
    sessions,
    hooks,
    faults: [],
    addAccount(values = {}) {
      numbers += 1;
      const account: CourierAccount = {
        key: `account-${numbers}`,
        name: `Shop ${numbers}`,
        phone: `+1555010${String(numbers).padStart(4, '0')}`,
        token: `token-${randomUUID()}`,
        ...values,
      };
      accounts.set(account.token, account);
      return account;
    },
    signOut({ token }) {
      accounts.delete(token);
    },
    consent(page, account) {
      const query = new URL(page).searchParams;
      const code = randomUUID();
      codes.set(code, {
        challenge: query.get('code_challenge') ?? '',
        redirectUri: query.get('redirect_uri') ?? '',
        account,
      });
      return { code, state: query.get('state') ?? '' };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return running;
}
