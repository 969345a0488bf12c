import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StatusReport, StatusUpdate } from '../chat-service.js';
import { ownWords } from '../own-words.js';
import { demoCodes, readError } from './failures.js';

/**
 * Reads `{ id, status, error? }`, signed in `X-Demo-Signature` as `sha256=<hex HMAC-SHA256(apiKey, body)>`.
 * Undefined when the signature is wrong.
 */
export function readDemoStatus(
  { headers, body }: StatusReport,
  apiKey: string,
): readonly StatusUpdate[] | undefined {
  if (!isSigned(headers['x-demo-signature'], body, apiKey)) return undefined;
  const { id, status, error } = readReport(body);
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

function isSigned(header: string | string[] | undefined, body: Buffer, apiKey: string): boolean {
  if (typeof header !== 'string') return false;
  const expected = Buffer.from(`sha256=${createHmac('sha256', apiKey).update(body).digest('hex')}`);
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function readReport(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
