import { randomBytes } from 'node:crypto';
import { unreadable } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import { connecting } from '../connect-error.js';
import { ConnectError, type QrCode, type QrMethod } from '../definition.js';
import { parseBody } from '../json.js';
import type { WahaApi } from './api.js';
import { isGone } from './failures.js';
import { readSession, sessionPath } from './sessions.js';

/** A code has a few kilobytes. */
const longestPicture = 512 * 1024;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A session of its own for every attempt, named after it. The code changes by itself, after a minute at first and then
 * every twenty seconds; after some six of them the session fails and is started anew, for as long as somebody looks
 * (waha.devlike.pro/docs/how-to/sessions, "Get QR").
 */
export function wahaQr(api: WahaApi): QrMethod {
  return {
    begin: ({ id }) =>
      connecting('ours', async () => {
        const session = `pm-${id}`;
        try {
          await api.object('/api/sessions', {
            method: 'POST',
            body: { name: session, start: true, config: sessionConfig },
          });
        } catch (error) {
          // It may be there although nobody has heard of it.
          await api.call(sessionPath(session), { method: 'DELETE' }).catch(() => undefined);
          throw error;
        }
        return { session, hmacKey: randomBytes(32).toString('hex') };
      }),

    poll: (memory) =>
      connecting('ours', async () => {
        const { session = '', hmacKey = '' } = memory;
        if (session === '') throw new ConnectError('expired');
        const { status, me } = await orExpired(readSession(api, session));
        if (status === 'WORKING' && me !== undefined) {
          const account = { key: me.phone, ...me, credentials: { session, hmacKey } };
          return { state: 'connected', account };
        }
        if (status === 'FAILED' || status === 'STOPPED') {
          await orExpired(api.object(`${sessionPath(session)}/restart`, { method: 'POST' }));
        }
        return {
          state: 'waiting',
          code: status === 'SCAN_QR_CODE' ? await readCode(api, session) : undefined,
        };
      }),

    cancel: ({ session = '' }) =>
      connecting('ours', async () => {
        if (session !== '') await deleteSession(api, session);
      }),
  };
}

/**
 * Stops, signs out and deletes a session; one that is gone already is no error (`DELETE /api/sessions/{session}`,
 * "Stop and logout as well").
 *
 * @throws ChatServiceError
 */
export async function deleteSession(api: WahaApi, session: string): Promise<void> {
  try {
    const answer = await api.call(sessionPath(session), { method: 'DELETE' });
    // The server says nothing; whoever says something else is not the server.
    if (answer.body.length > 0 && parseBody(answer.body) === undefined) throw unreadable(answer);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * NOWEB keeps messages only when it is told to, and lost ones are looked for among them; other engines pass it over.
 * What is not between two people is of no use here.
 */
const sessionConfig = {
  noweb: { store: { enabled: true, fullSync: false } },
  ignore: { status: true, groups: true, channels: true, broadcast: true },
};

async function orExpired<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    if (isGone(error)) throw new ConnectError('expired', '', { cause: error });
    throw error;
  }
}

/** Undefined while there is none: the server says so with 422 when the session has just gone on. */
async function readCode(api: WahaApi, session: string): Promise<QrCode | undefined> {
  try {
    const { body } = await api.call(`/api/${encodeURIComponent(session)}/auth/qr?format=image`, {
      accept: 'image/png',
    });
    if (body.length > longestPicture || !body.subarray(0, pngSignature.length).equals(pngSignature)) {
      throw new ConnectError('service_unavailable', 'Expected a code as a picture, got something else');
    }
    return { png: body };
  } catch (error) {
    if (error instanceof ChatServiceError && hasMovedOn(error.code)) return undefined;
    throw error;
  }
}

function hasMovedOn(code: string | undefined): boolean {
  return code === 'WORKING' || code === 'STARTING' || code === 'FAILED' || code === 'STOPPED';
}
