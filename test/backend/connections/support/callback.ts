import { publicUrl } from '../../installations/support/connected.js';
import type { TestConnections } from './connections.js';

/** A page of the backend in the window of a consent. */
export interface CallbackPage {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Of its form, if it has one. */
  readonly token: string | undefined;
  /** What it posts to the page that has opened the window, and to which. */
  readonly told: unknown;
  readonly origin: string | undefined;
}

export interface CallbackOptions {
  readonly service?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type App = Pick<TestConnections, 'app'>;

/** What a browser sends along with a form of the backend's page. */
export const fromOurPage = { origin: publicUrl, 'sec-fetch-site': 'same-origin' };

/** The service sends the browser back. */
export async function arrive(
  { app }: App,
  query: Readonly<Record<string, string>>,
  { service = 'courier', headers = {} }: CallbackOptions = {},
): Promise<CallbackPage> {
  return toPage(
    await app.inject({
      url: `/chat-services/${service}/callback?${new URLSearchParams(query).toString()}`,
      headers: { accept: 'text/html', ...headers },
    }),
  );
}

/** The page's form is sent. */
export async function send(
  { app }: App,
  fields: Readonly<Record<string, string>>,
  { service = 'courier', headers = fromOurPage }: CallbackOptions = {},
): Promise<CallbackPage> {
  return toPage(
    await app.inject({
      method: 'POST',
      url: `/chat-services/${service}/callback`,
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    }),
  );
}

/** The whole way back: the panel proves that it has begun the sign-in or, without a proof, the person agrees. */
export async function back(
  app: App,
  query: Readonly<Record<string, string>>,
  {
    proof,
    service = 'courier',
    headers = {},
  }: CallbackOptions & { readonly proof?: string | undefined } = {},
): Promise<CallbackPage> {
  const arrived = await arrive(app, query, { service, headers });
  if (arrived.token === undefined) return arrived;
  const { token } = arrived;
  return send(
    app,
    proof === undefined ? { token, decision: 'connect' } : { token, decision: 'proven', proof },
    { service, headers: { ...fromOurPage, ...headers } },
  );
}

function toPage(response: {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}): CallbackPage {
  const { body: html, headers, statusCode: status } = response;
  const value = (pattern: RegExp): string | undefined => pattern.exec(html)?.[1]?.replaceAll('&#34;', '"');
  const message = value(/data-message="([^"]*)"/);
  return {
    status,
    html,
    headers,
    token: value(/name="token" value="([^"]*)"/),
    told: message === undefined ? undefined : (JSON.parse(message) as unknown),
    origin: value(/data-origin="([^"]*)"/),
  };
}
