import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { disposableToken } from '../../../src/kommo/disposable-token.js';
import { type ConnectionsBackend, refusal } from '../../support/connections-backend.js';

export interface ServedBackend {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the stand-in of the backend on 127.0.0.1 to the pages of one account, as the backend does: with CORS for them
 * alone and only to who has a one-time token. Below `/consent` is the page of a chat service that lets in who asks.
 */
export async function serveConnections(
  backend: ConnectionsBackend,
  account: () => string,
): Promise<ServedBackend> {
  const server = createServer((request, response) => {
    void answer(request).then(({ status, headers, body }) => {
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  backend.consentPage = `${url}/consent`;

  async function answer(request: IncomingMessage) {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    if (path === '/consent') return { status: 200, headers: { 'content-type': 'text/html' }, body: consent };
    if (path === '/consented') {
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: questionPage(backend.waiting.id),
      };
    }
    if (path === '/proven') {
      const { id, prompt } = backend.waiting;
      const isProven = prompt?.kind === 'oauth' && prompt.proof === searchParams.get('proof');
      if (isProven) backend.connect({ name: 'Signed in' });
      return {
        status: isProven ? 200 : 400,
        headers: { 'content-type': 'text/html' },
        body: isProven ? endPage(id) : 'Not proven',
      };
    }
    const cors = {
      'access-control-allow-origin': account(),
      'access-control-allow-headers': `${disposableToken.header}, Content-Type`,
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    };
    if (method === 'OPTIONS') return { status: 204, headers: cors, body: '' };
    const hasBody = request.headers['content-type']?.startsWith('application/json') === true;
    const body = hasBody ? await json(request) : undefined;
    const hasToken = request.headers[disposableToken.header.toLowerCase()] !== undefined;
    const reply = hasToken ? backend.handle({ method, path, body }) : refusal(401, 'token_missing');
    return {
      status: reply.status,
      headers: { ...cors, 'content-type': 'application/json' },
      body: reply.body === undefined ? '' : JSON.stringify(reply.body),
    };
  }

  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const consent = '<!doctype html><title>Demo chat</title><a href="/consented">Allow</a>';

/** What the backend's page after the consent does: the panel that has begun the sign-in proves it. */
const questionPage = (id: string): string => `<!doctype html><title>One moment</title><script>
  addEventListener('message', ({ data }) => {
    if (data.type === 'pipeline-messenger:connection-proof') location.href = '/proven?proof=' + data.proof;
  });
  opener.postMessage({ type: 'pipeline-messenger:connection-question', attempt_id: '${id}' }, '*');
</script>`;

/** What the last one does. */
const endPage = (id: string): string => `<!doctype html><title>Connected</title><script>
  opener.postMessage({ type: 'pipeline-messenger:connection', attempt_id: '${id}', state: 'connected' }, '*');
  close();
</script>`;
