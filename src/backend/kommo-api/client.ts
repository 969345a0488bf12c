import type { Context } from '../context.js';
import { createTokens, type Access, type Tokens } from '../installations/tokens.js';
import { readAnswer } from './answers.js';
import { createCallSlots, type CallSlots } from './call-slots.js';
import { createHttp, NoAnswerError, type HttpAnswer, type HttpCall, type SendHttp } from './http.js';
import { KommoApiError, type KommoApi, type KommoApis, type PostOptions, type Query } from './kommo-api.js';

export interface KommoApisOptions {
  readonly http?: SendHttp;
  readonly tokens?: Tokens;
  readonly slots?: CallSlots;
}

interface ApiCall {
  readonly method: HttpCall['method'];
  /** Path and query after `/api/v4`. */
  readonly path: string;
  readonly body?: unknown;
  readonly before?: (() => void) | undefined;
}

/** Seconds for which nobody calls after a 429 that does not say for how long. */
const pauseAfter429 = 1;

/**
 * The API of each installation. What a call meets on its way:
 *
 * | met                                   | done                                                                    |
 * | ------------------------------------- | ----------------------------------------------------------------------- |
 * | 401                                   | another token, once; then the installation is `unauthorised`            |
 * | 404, a redirect, nobody at the host   | the account's present host, if it is another one, once                  |
 * | 429                                   | every process pauses; `temporary`                                       |
 * | the connection is reset               | a GET again, once; anything else is `temporary` and `mayBeDone`         |
 * | anything else that is no success      | the error that {@link KommoApiError} lists                              |
 */
export function createKommoApis(
  context: Context,
  {
    http = createHttp(),
    tokens = createTokens(context, { http }),
    slots = createCallSlots(context),
  }: KommoApisOptions = {},
): KommoApis {
  const { metrics, clock } = context;

  const send = async (id: string, access: Access, call: ApiCall): Promise<HttpAnswer> => {
    const { method, path, body, before } = call;
    await slots.take(id);
    before?.();
    try {
      const answer = await http({
        method,
        url: `${access.origin}/api/v4${path}`,
        headers: {
          Authorization: `Bearer ${access.token}`,
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      metrics.apiCalls.inc({ status: statusClass(answer.status) });
      return answer;
    } catch (error) {
      metrics.apiCalls.inc({ status: 'none' });
      throw error;
    }
  };

  const sendTwiceIfReset = async (id: string, access: Access, call: ApiCall): Promise<HttpAnswer> => {
    try {
      return await send(id, access, call);
    } catch (error) {
      if (call.method !== 'GET' || !(error instanceof NoAnswerError) || !error.isReset) throw error;
      return send(id, access, call);
    }
  };

  /** Sends it to where the account is now, in case nobody knows it at the host where it was. */
  const sendFollowing = async (
    id: string,
    access: Access,
    call: ApiCall,
  ): Promise<{ answer: HttpAnswer; access: Access }> => {
    let answer: HttpAnswer;
    try {
      answer = await sendTwiceIfReset(id, access, call);
    } catch (error) {
      // A call that may be done already must not be sent to another host as well.
      if (!(error instanceof NoAnswerError) || (error.mayBeDone && call.method !== 'GET')) throw error;
      const moved = await tokens.follow(id, access);
      if (moved === undefined) throw error;
      return { answer: await send(id, moved, call), access: moved };
    }
    if (answer.status !== 404 && (answer.status < 300 || answer.status > 399)) return { answer, access };
    const moved = await tokens.follow(id, access);
    return moved === undefined ? { answer, access } : { answer: await send(id, moved, call), access: moved };
  };

  const sendAuthorised = async (id: string, call: ApiCall): Promise<HttpAnswer> => {
    const first = await sendFollowing(id, await tokens.access(id), call);
    if (first.answer.status !== 401) return first.answer;
    const second = await sendFollowing(id, await tokens.renew(id, first.access), call);
    if (second.answer.status === 401) await tokens.giveUp(id, second.access);
    return second.answer;
  };

  const call = async (id: string, { method, path, body, before }: ApiCall): Promise<unknown> => {
    const name = `${method} ${path.split('?')[0] ?? path}`;
    let answer: HttpAnswer;
    try {
      answer = await sendAuthorised(id, { method, path, body, before });
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw new KommoApiError('temporary', `${name} was not answered: ${error.message}.`, {
        mayBeDone: error.mayBeDone && method !== 'GET',
        cause: error,
      });
    }
    try {
      return readAnswer(answer, { name, method, now: clock.now() });
    } catch (error) {
      if (error instanceof KommoApiError && error.status === 429) {
        await slots.pushBack(id, error.retryAfter ?? pauseAfter429);
      }
      throw error;
    }
  };

  return {
    of(id): KommoApi {
      return {
        get: <T>(path: string, query?: Query) =>
          call(id, { method: 'GET', path: withQuery(path, query) }) as Promise<T | undefined>,
        post: <T>(path: string, body: unknown, { before }: PostOptions = {}) =>
          call(id, { method: 'POST', path, body, before }) as Promise<T | undefined>,
        patch: <T>(path: string, body: unknown) =>
          call(id, { method: 'PATCH', path, body }) as Promise<T | undefined>,
        async delete(path, body) {
          await call(id, { method: 'DELETE', path, body });
        },
      };
    },
  };
}

function withQuery(path: string, query: Query = {}): string {
  const fields = Object.entries(query).filter(([, value]) => value !== undefined);
  if (fields.length === 0) return path;
  return `${path}?${new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** A label of few values. */
function statusClass(status: number): string {
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
