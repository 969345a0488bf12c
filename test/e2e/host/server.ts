import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { hostFile, type ServedFile, vendorFile, widgetFile } from './files.js';
import type { AccountState, Installation, StoredTriggers, WidgetManifest } from './public/types.js';

export interface RecordedRequest {
  method: string;
  /** Path and query, e.g. `/upl/some_widget/widget/script.js?v=1.0.0`. */
  url: string;
  status: number;
}

export interface Host {
  /** Where it listens, without a slash at the end. */
  url: string;
  code: string;
  /** Every request so far, in the order of the answers. */
  requests: RecordedRequest[];
  /** What the account has stored; it outlives a reload of the page, and tests may change it between pages. */
  account: { installation: Installation; triggers: StoredTriggers };
  close(): Promise<void>;
}

/** The client secret of the integration that the bench plays; disposable tokens are signed with it. */
export const clientSecret = 'bench-secret';

/**
 * Plays Kommo for one widget, on a free port of this machine: the page, the libraries of the platform and the
 * widget's files under `/upl/<code>/widget/` (`platform/widget.md §2.5`).
 *
 * @param options.widgetDir an unpacked archive
 * @param options.code the widget's code; by default one that no widget can count on
 * @param options.installation what the account has stored; by default installed, active, no settings
 * @throws when the folder has no readable manifest.json
 */
export async function startHost({
  widgetDir,
  code = 'some_widget',
  installation = {},
}: {
  widgetDir: string;
  code?: string;
  installation?: Partial<Installation>;
}): Promise<Host> {
  const manifest = JSON.parse(readFileSync(path.join(widgetDir, 'manifest.json'), 'utf8')) as WidgetManifest;
  const account: Host['account'] = {
    installation: { status: 'installed', active: true, settings: {}, ...installation },
    triggers: {},
  };
  const requests: RecordedRequest[] = [];
  const base = `/upl/${code}/widget`;
  const images = path.join(widgetDir, 'images');
  const state = (): AccountState => ({
    ...account,
    code,
    path: base,
    manifest,
    logos: existsSync(images) ? readdirSync(images) : [],
  });

  const answer = async (request: IncomingMessage, { pathname }: URL): Promise<ServedFile | undefined> => {
    if (pathname === '/') return hostFile('page.html');
    if (pathname === '/host/state') return json(state());
    if (pathname === '/host/installation' && request.method === 'PUT') {
      account.installation = JSON.parse(await bodyOf(request)) as Installation;
      return json({});
    }
    const trigger = /^\/host\/triggers\/(\d+)$/.exec(pathname)?.[1];
    if (trigger !== undefined && request.method === 'PUT') {
      account.triggers[trigger] = JSON.parse(await bodyOf(request)) as Record<string, string>;
      return json({});
    }
    if (pathname.endsWith('/disposable_token')) return json({ token: disposableToken() });
    if (pathname.startsWith('/host/')) return hostFile(pathname.slice('/host/'.length));
    if (pathname.startsWith('/vendor/')) return vendorFile(pathname.slice('/vendor/'.length));
    if (pathname.startsWith(`${base}/`)) return widgetFile(widgetDir, pathname.slice(base.length + 1));
    return undefined;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    const served = (await answer(request, new URL(url, 'http://host'))) ?? {
      status: 404,
      type: 'text/plain',
      body: '',
    };
    const status = served.status ?? 200;
    response.writeHead(status, { 'content-type': served.type, 'cache-control': 'no-store' });
    response.end(served.body);
    requests.push({ method: request.method ?? 'GET', url, status });
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    code,
    requests,
    account,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const json = (value: unknown): ServedFile => ({ type: 'application/json', body: JSON.stringify(value) });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A token with the claims of `platform/widget.md §3.4`, good for half an hour. */
function disposableToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({
    iss: 'https://example.kommo.com',
    aud: 'https://example.com',
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 1800,
    account_id: 1001,
    user_id: 11,
    subdomain: 'example',
    client_uuid: '00000000-0000-4000-8000-000000000501',
  })}`;
  return `${signed}.${createHmac('sha256', clientSecret).update(signed).digest('base64url')}`;
}
