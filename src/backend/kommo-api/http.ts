import http from 'node:http';
import https from 'node:https';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one call and reads the whole answer, whatever its status. Follows no redirect: they may lead anywhere. */
export type SendHttp = (call: HttpCall) => Promise<HttpAnswer>;

/** There was no answer, or only a part of it. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  constructor(
    message: string,
    /** Whether the call may have reached the other side. */
    readonly mayBeDone: boolean,
    /** The connection was closed by the other side, as happens to one that was kept open. */
    readonly isReset: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface HttpOptions {
  /** Milliseconds until the connection must stand; the platform's own client waits 5 s (`platform/server.md §5.1`). */
  readonly connectMs?: number;
  /** Milliseconds until the answer must be complete; the platform's own client waits 20 s. */
  readonly totalMs?: number;
}

/** Far above any answer of the API, which gives at most 250 items. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Over Node's own client rather than `fetch`: that has one time limit for all and does not tell whether a call that
 * failed had left already. Connections are kept open for the next call.
 */
export function createHttp({ connectMs = 5000, totalMs = 20_000 }: HttpOptions = {}): SendHttp {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };
  return (call) => send(call, agents, { connectMs, totalMs });
}

function send(
  { method, url, headers = {}, body }: HttpCall,
  agents: { http: http.Agent; https: https.Agent },
  { connectMs, totalMs }: Required<HttpOptions>,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const isPlain = url.startsWith('http:');
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = (isPlain ? http : https).request(url, {
      method,
      agent: isPlain ? agents.http : agents.https,
      headers: { 'User-Agent': 'pipeline-messenger', ...headers, ...length },
    });
    let isConnected = false;
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimers();
      request.destroy();
      const isReset = ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
      reject(new NoAnswerError(error.message, isConnected, isReset, { cause: error }));
    };
    const connecting = setTimeout(() => {
      fail(new Error(`no connection within ${connectMs / 1000} s`));
    }, connectMs);
    const answering = setTimeout(() => {
      fail(new Error(`no complete answer within ${totalMs / 1000} s`));
    }, totalMs);
    const clearTimers = (): void => {
      clearTimeout(connecting);
      clearTimeout(answering);
    };
    const connected = (): void => {
      isConnected = true;
      clearTimeout(connecting);
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket) connected();
      else socket.once(isPlain ? 'connect' : 'secureConnect', connected);
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const kept: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        kept.push(chunk);
        size += chunk.length;
        if (size > mostBytes) fail(new Error(`an answer of more than ${mostBytes} bytes`));
      });
      response.on('error', fail);
      response.on('end', () => {
        clearTimers();
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, text: Buffer.concat(kept).toString('utf8') });
      });
    });
    request.end(body);
  });
}
