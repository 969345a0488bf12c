import { unreadable } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import { fieldsOf, textOf } from '../json.js';
import type { WahaApi } from './api.js';
import { phoneOf } from './people.js';

/**
 * STOPPED: nobody has started it; STARTING; SCAN_QR_CODE: it shows a code; WORKING; FAILED: it was signed out, or its
 * engine gave up (waha.devlike.pro/docs/how-to/sessions, "Session Status").
 */
export type SessionStatus = (typeof statuses)[number];

const statuses = ['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'WORKING', 'FAILED'] as const;

export interface Session {
  readonly status: SessionStatus;
  /** Whose phone it is, once that is known. */
  readonly me: { readonly phone: string; readonly name: string } | undefined;
  readonly config: Readonly<Record<string, unknown>>;
}

export function sessionPath(name: string): string {
  return `/api/sessions/${encodeURIComponent(name)}`;
}

/** @throws ChatServiceError with code 404 when there is none of this name. */
export async function readSession(api: WahaApi, name: string, signal?: AbortSignal): Promise<Session> {
  const answer = await api.object(sessionPath(name), { signal });
  const status = statuses.find((known) => known === answer.json['status']);
  if (status === undefined) throw unreadable(answer);
  const { id, pushName } = fieldsOf(answer.json['me']);
  const phone = phoneOf(id);
  return {
    status,
    me: phone === undefined ? undefined : { phone, name: textOf(pushName)?.trim() ?? phone },
    config: fieldsOf(answer.json['config']),
  };
}

/** Whose phone a session is that works. */
export async function readOwner(
  api: WahaApi,
  name: string,
  signal?: AbortSignal,
): Promise<NonNullable<Session['me']>> {
  const { status, me } = await readSession(api, name, signal);
  if (status === 'WORKING' && me !== undefined) return me;
  if (status === 'WORKING' || status === 'STARTING') {
    throw new ChatServiceError('temporary', 'The session is starting', { reason: 'service_unavailable' });
  }
  throw new ChatServiceError('not_connected', `The session is not signed in (${status})`, {
    reason: 'not_connected',
    code: status,
  });
}
