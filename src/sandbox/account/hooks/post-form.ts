import http from 'node:http';
import https from 'node:https';

/** What came back from a receiver. */
export interface HookAnswer {
  /** The HTTP status, or 0 when no answer came: refused, broken off, not resolved, too late, not an http address. */
  readonly status: number;
  /** The beginning of the answer's body, at most 16 KiB. */
  readonly body: string;
  /** Why no answer came. */
  readonly error?: string;
}

/**
 * POSTs a form body with these headers and waits for the answer. Never rejects; redirects are not followed. A receiver whose
 * status and whole body are not there in time counts as one that did not answer.
 *
 * @param limitMs How long the receiver may take, in milliseconds; the connection is cut then.
 */
export async function postForm(
  url: string,
  body: string,
  { headers = {}, limitMs = 2000 }: { headers?: Readonly<Record<string, string>>; limitMs?: number } = {},
): Promise<HookAnswer> {
  try {
    return await post(new URL(url), Buffer.from(body, 'utf8'), headers, limitMs);
  } catch (error) {
    return { status: 0, body: '', error: error instanceof Error ? reason(error) : String(error) };
  }
}

const keptBytes = 16 * 1024;

/** Not `fetch`: that adds headers of its own which the platform does not send. */
function post(
  url: URL,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<HookAnswer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'Content-Length': body.length },
    });
    const limit = setTimeout(() => {
      request.destroy(new Error(`no answer within ${limitMs} ms`));
    }, limitMs);
    request.on('close', () => {
      clearTimeout(limit);
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const kept: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        if (size < keptBytes) {
          kept.push(chunk.subarray(0, keptBytes - size));
        }
        size += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(kept).toString('utf8') });
      });
    });
    request.end(body);
  });
}

function reason(error: Error): string {
  return 'code' in error && typeof error.code === 'string' && !error.message.includes(error.code)
    ? `${error.code} ${error.message}`.trim()
    : error.message;
}
