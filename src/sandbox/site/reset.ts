import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import { seedAccount } from '../account/seed.js';
import type { FaultSwitches } from './faults.js';
import type { Furniture } from './furniture.js';
import type { Phone } from './phone.js';
import type { ReportStore } from './report.js';
import type { SiteState } from './state.js';
import type { TrafficStore } from './traffic.js';

export interface ResetOptions {
  readonly furniture: Furniture;
  readonly faults: FaultSwitches;
  readonly traffic: TrafficStore;
  readonly report: ReportStore;
  readonly phone: Phone;
}

/**
 * `POST /sandbox/reset`: the demo account as at the start, with the widgets as they are now. What a person has set in
 * the bar stays. Delays and retries of hooks that wait are dropped by who sends them, since the account is another.
 */
export function reset(
  room: FastifyInstance,
  context: AccountContext,
  site: SiteState,
  { furniture, faults, traffic, report, phone }: ResetOptions,
): void {
  room.post('/sandbox/reset', async (_request, reply) => {
    const before = context.account;
    context.account = seedAccount({ now: context.clock.now() });
    context.account.current_user_id = before.current_user_id;
    context.account.flavour = before.flavour;
    context.account.subdomain = before.subdomain;
    for (const user of context.account.users.values()) {
      user.lang = before.users.get(user.id)?.lang ?? user.lang;
    }
    furniture.putAgain(context, before);
    faults.off();
    traffic.clear();
    report.clear();
    phone.reset();
    site.tell({ kind: 'reload' });
    // The tokens of the account before are void; whoever waits for the answer finds the backend installed anew.
    await furniture.announce(context);
    return reply.code(204).send();
  });
}
