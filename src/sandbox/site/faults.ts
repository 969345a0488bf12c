import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from '../account/api/problem.js';
import type { AccountContext } from '../account/context.js';
import type { HookSwitches } from '../account/hooks/index.js';
import { isSessionCall } from '../account/oauth/own-page.js';
import { trafficKind } from '../account/traffic-log.js';
import type { Faults } from '../wire.js';
import { choiceOf, flagOf, inputOf, refuse, wholeOf, type Input } from './input.js';
import type { SiteState } from './state.js';

const none: Faults = {
  slow_ms: 0,
  status: null,
  drop: false,
  send_twice: false,
  digital_pipeline: 'once',
  outside: false,
  token_cache: false,
};

/** What goes wrong on purpose at the account's interfaces. */
export interface FaultSwitches {
  /** Lets calls of the API and of the token endpoint meet the faults; `outside` and `token_cache` hold from now on. */
  hold(app: FastifyInstance, context: AccountContext): void;
  /** `GET` and `PATCH /sandbox/faults`. */
  doors(room: FastifyInstance): void;
  /** The hooks of the account, which exist only when it is served. */
  connect(hooks: HookSwitches): void;
  /** Nothing fails any more; how the platform is taken to behave, and whether calls may go out, stays. */
  off(): void;
}

export function createFaults(site: Pick<SiteState, 'tell'>, initial: Partial<Faults>): FaultSwitches {
  let faults: Faults = { ...none, ...initial };
  let account: AccountContext['switches'] | undefined;
  let hooks: HookSwitches | undefined;

  const spread = (): void => {
    if (account !== undefined) {
      account.outside = faults.outside;
      account.tokenCache = faults.token_cache;
    }
    if (hooks !== undefined) {
      hooks.sendTwice = faults.send_twice;
      hooks.digitalPipeline = faults.digital_pipeline;
    }
  };
  const change = (changes: Partial<Faults>): void => {
    faults = { ...faults, ...changes };
    spread();
    site.tell({ kind: 'faults', faults });
  };

  return {
    hold(app, context) {
      account = context.switches;
      spread();
      app.addHook('onRequest', async (request, reply) => {
        if (isHit(request)) await meet(faults, context, request, reply);
      });
    },
    doors(room) {
      room.get('/sandbox/faults', (_request, reply) => reply.send(faults));
      room.patch('/sandbox/faults', (request, reply) => {
        change(readFaults(inputOf(request.body)));
        return reply.send(faults);
      });
    },
    connect(switches) {
      hooks = switches;
      spread();
    },
    off() {
      const { slow_ms, status, drop, send_twice } = none;
      change({ slow_ms, status, drop, send_twice });
    },
  };
}

/**
 * What integrations call. Calls of the account's own pages are left alone: without them the pages could neither show
 * what happens nor end it.
 */
function isHit(request: FastifyRequest): boolean {
  const { url } = request;
  return (url.startsWith('/api/') || url.startsWith('/oauth2/access_token')) && !isSessionCall(request);
}

async function meet(
  { slow_ms, status, drop }: Faults,
  context: AccountContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const at = context.clock.now();
  if (slow_ms > 0) await pause(slow_ms, undefined, { ref: false });
  if (drop) {
    reply.hijack();
    request.raw.socket.destroy();
    // The log of traffic hears of answered calls only.
    context.traffic.add({
      direction: 'in',
      kind: trafficKind(request.url) ?? 'api',
      method: request.method,
      url: request.url,
      headers: request.headers as Record<string, string>,
      body: '',
      status: 0,
      answer: '',
      error: 'The connection was cut on purpose.',
      at,
      duration_ms: context.clock.now() - at,
    });
    return;
  }
  // How the token endpoint words such failures is not known: it gets the body of the API.
  if (status !== null) sendProblem(reply, new Problem(status, details[status]));
}

const details = {
  402: 'The account is not paid for.',
  // What lasting excess of the limit ends in (`platform/server.md §5.1`); its threshold is not published.
  403: 'The account is blocked.',
  429: 'Too many requests.',
  500: 'Something went wrong.',
} as const;

/** Nothing is applied unless everything fits. */
function readFaults(input: Input): Partial<Faults> {
  const read: { [Name in keyof Faults]: () => Faults[Name] } = {
    slow_ms: () => wholeOf(input, 'slow_ms', { most: 60_000 }),
    status: () => choiceOf(input, 'status', [429, 402, 403, 500, null]),
    drop: () => flagOf(input, 'drop'),
    send_twice: () => flagOf(input, 'send_twice'),
    digital_pipeline: () => choiceOf(input, 'digital_pipeline', ['once', 'repeated']),
    outside: () => flagOf(input, 'outside'),
    token_cache: () => flagOf(input, 'token_cache'),
  };
  const names = Object.keys(read);
  const unknown = Object.keys(input).find((name) => !names.includes(name));
  if (unknown !== undefined) refuse(unknown, `one of ${names.join(', ')}`, unknown);
  return Object.fromEntries(
    Object.entries(read)
      .filter(([name]) => input[name] !== undefined)
      .map(([name, take]) => [name, take()]),
  );
}
