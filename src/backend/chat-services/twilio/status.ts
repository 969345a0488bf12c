import type { StatusReport, StatusUpdate } from '../chat-service.js';
import { ownWords } from '../own-words.js';
import { undeliveredReason } from './failures.js';
import { isSignedByTwilio } from './signature.js';

/**
 * | `MessageStatus`                                    | state               |
 * | -------------------------------------------------- | ------------------- |
 * | accepted, scheduled, queued, sending, sent         | sent                |
 * | delivered                                          | delivered           |
 * | read                                               | read                |
 * | undelivered, failed, canceled                      | failed, or skipped when the number is not on the channel |
 * | anything else (receiving, received, …)             | nothing new         |
 */
const states: ReadonlyMap<string, 'sent' | 'delivered' | 'read' | 'failed'> = new Map([
  ['accepted', 'sent'],
  ['scheduled', 'sent'],
  ['queued', 'sent'],
  ['sending', 'sent'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** Reads a status callback: a form with `MessageSid`, `MessageStatus` and, for a failure, `ErrorCode`. */
export function readTwilioStatus(
  { url, headers, body }: StatusReport,
  authToken: string,
): readonly StatusUpdate[] | undefined {
  const form = new URLSearchParams(body.toString('utf8'));
  if (!isSignedByTwilio(headers['x-twilio-signature'], { url, form, authToken })) return undefined;
  const id = form.get('MessageSid') ?? form.get('SmsSid');
  const state = states.get((form.get('MessageStatus') ?? form.get('SmsStatus') ?? '').toLowerCase());
  if (id === null || id === '' || state === undefined) return [];
  if (state !== 'failed') return [{ id, state }];
  const code = /^\d+$/.exec(form.get('ErrorCode') ?? '')?.[0];
  const hidden = [form.get('To') ?? '', form.get('From') ?? '', form.get('AccountSid') ?? '', authToken];
  const detail = ownWords(form.get('ErrorMessage') ?? form.get('ChannelStatusMessage'), hidden);
  return [failed(id, { code, detail })];
}

function failed(id: string, { code, detail }: { code: string | undefined; detail: string }): StatusUpdate {
  const reason = undeliveredReason(code === undefined ? undefined : Number(code));
  return {
    id,
    state: reason === 'not_on_service' ? 'skipped' : 'failed',
    reason,
    ...(code !== undefined && { code }),
    ...(detail !== '' && { detail }),
  };
}
