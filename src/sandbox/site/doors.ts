import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import { account } from './account.js';
import type { AccountServer } from '../account/server.js';
import type { ReadArchive } from '../index.js';
import type { Faults } from '../wire.js';
import { bots } from './bots.js';
import { tellChanges } from './changes.js';
import { chats } from './chats.js';
import { createFaults } from './faults.js';
import type { Furniture } from './furniture.js';
import { happenings } from './happenings.js';
import { integrations } from './integrations.js';
import type { Phone } from './phone.js';
import { reportDoors } from './report-doors.js';
import type { ReportStore } from './report.js';
import { reset } from './reset.js';
import { ownPageRoom, refuseOtherHosts } from './room.js';
import type { SiteState } from './state.js';
import { keepTraffic } from './traffic.js';
import { triggers } from './triggers.js';
import { uploads } from './uploads.js';

export interface DoorsOptions {
  readonly furniture: Furniture;
  readonly faults: Partial<Faults>;
  readonly redirectUri: string;
  readonly readArchive?: ReadArchive | undefined;
  readonly phone: Phone;
}

/** What the pages and the sandbox's bar ask beside the account's own interfaces, under `/sandbox/`. */
export interface Doors {
  extend(app: FastifyInstance, context: AccountContext): void;
  /** The server listens. */
  started(server: AccountServer): void;
}

export function doors(
  site: SiteState,
  report: ReportStore,
  { furniture, faults: initialFaults, redirectUri, readArchive, phone }: DoorsOptions,
): Doors {
  const faults = createFaults(site, initialFaults);
  let server: AccountServer | undefined;
  return {
    extend(app, context) {
      refuseOtherHosts(app);
      faults.hold(app, context);
      phone.serve(app);
      const teller = tellChanges(context, site);
      const traffic = keepTraffic(context, site, { hooks: () => server?.hooks });
      ownPageRoom(app, (room) => {
        triggers(room, context, teller);
        happenings(room, context);
        account(room, context, site, { server: () => server });
        faults.doors(room);
        integrations(room, context, teller);
        traffic.doors(room);
        reportDoors(room, report);
        phone.doors(room, context);
        chats(room, context);
        reset(room, context, site, { furniture, faults, traffic, report, phone });
        uploads(room, context, site, { readArchive, redirectUri });
        bots(room, context, teller);
      });
    },
    started(started) {
      server = started;
      faults.connect(started.hooks.switches);
    },
  };
}
