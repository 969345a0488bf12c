import http from 'node:http';
import { clientUuid, users } from './open-account.js';
import type { OpenAccount } from './open-account.js';

export interface RawAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

/** A call as it stands: unlike `fetch`, this leaves path, headers and bytes as they are. With a token unless told. */
export function rawCall(
  { url, context }: Pick<OpenAccount, 'url' | 'context'>,
  {
    method,
    path,
    body,
    headers = {},
  }: {
    readonly method: string;
    readonly path: string;
    readonly body?: Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<RawAnswer> {
  const token = `${clientUuid}/${users.admin}`;
  context.account.access_tokens.set(token, {
    token,
    client_uuid: clientUuid,
    user_id: users.admin,
    scopes: ['crm'],
    expires_at: Infinity,
    is_revoked: false,
  });
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = http.request(
      {
        ...{ hostname, port, method, path, agent: false },
        headers: {
          authorization: `Bearer ${token}`,
          // Node sends the body of a DELETE without any length otherwise.
          ...(body && { 'content-length': String(body.byteLength) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'],
            text: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
