import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import type { Hooks } from '../account/hooks/index.js';
import type { NumberedTraffic } from '../wire.js';
import { Refusal } from './room.js';
import type { SiteState } from './state.js';

/** The newest that are kept. */
const limit = 500;

/** The account's calls with their numbers, and the doors `/sandbox/traffic`. */
export interface TrafficStore {
  doors(room: FastifyInstance): void;
  /** Numbers go on rising. */
  clear(): void;
}

/** @param options.hooks Who sends a hook again; undefined until the account is served. */
export function keepTraffic(
  context: AccountContext,
  site: Pick<SiteState, 'tell'>,
  { hooks }: { readonly hooks: () => Hooks | undefined },
): TrafficStore {
  let last = 0;
  let kept: NumberedTraffic[] = [];
  context.traffic.on((call) => {
    const entry = { ...call, number: ++last };
    kept.push(entry);
    // Cut in bulk, as the account's own log.
    if (kept.length >= limit * 2) kept = kept.slice(-limit);
    site.tell({ kind: 'traffic', entry });
  });
  const clear = (): void => {
    kept = [];
    context.traffic.clear();
  };

  return {
    clear,
    doors(room) {
      room.get('/sandbox/traffic', (_request, reply) => reply.send(kept.slice(-limit)));
      room.delete('/sandbox/traffic', (_request, reply) => {
        clear();
        return reply.code(204).send();
      });
      room.post<{ Params: { number: string } }>(
        '/sandbox/traffic/:number/again',
        async ({ params }, reply) => {
          const entry = kept.find(({ number }) => number === Number(params.number));
          if (entry === undefined)
            throw new Refusal(404, `There is no call ${params.number} in the traffic.`);
          // What a widget posts through `crm_post` is no hook, although the account sends it.
          if (entry.direction === 'in' || entry.kind === 'crm_post') {
            throw new Refusal(400, `Call ${params.number} is no hook: only hooks can be sent again.`);
          }
          await hooks()?.sendAgain(entry);
          return reply.code(204).send();
        },
      );
    },
  };
}
