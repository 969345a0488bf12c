import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StatusReport, StatusUpdate } from '../chat-service.js';
import { fieldsOf, parseBody } from '../json.js';
import { ownWords } from '../own-words.js';
import { demoCodes, readError } from './failures.js';

/**
 * Reads `{ id, status, error? }`, signed in `X-Demo-Signature` as `sha256=<hex HMAC-SHA256(apiKey, body)>`.
 * Undefined when the signature is wrong.
 */
export function readDemoStatus(report: StatusReport, apiKey: string): readonly StatusUpdate[] | undefined {
  if (!isSignedByDemo(report, apiKey)) return undefined;
  const { id, status, error } = fieldsOf(parseBody(report.body));
  if (typeof id !== 'string') return [];
  if (status === 'delivered' || status === 'read') return [{ id, state: status }];
  return status === 'failed' ? [failed(id, readError(error), apiKey)] : [];
}

function failed(id: string, error: ReturnType<typeof readError>, apiKey: string): StatusUpdate {
  const [, known] = demoCodes.get(error?.code ?? '') ?? [];
  // The service has had the message: that it was busy is no reason any more.
  const reason = known === undefined || known === 'service_unavailable' ? 'undelivered' : known;
  const detail = ownWords(error?.message, [apiKey]);
  return {
    id,
    state: reason === 'not_on_service' ? 'skipped' : 'failed',
    reason,
    ...(error !== undefined && { code: ownWords(error.code, [apiKey]) }),
    ...(detail !== '' && { detail }),
  };
}

/** Whether a call to us came from the service. */
export function isSignedByDemo({ headers, body }: StatusReport, apiKey: string): boolean {
  const header = headers['x-demo-signature'];
  if (typeof header !== 'string') return false;
  const expected = Buffer.from(`sha256=${createHmac('sha256', apiKey).update(body).digest('hex')}`);
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
