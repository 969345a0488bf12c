import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import type { HooksOptions } from '../account/hooks/index.js';
import { isFromOwnPage } from '../account/oauth/own-page.js';
import type { AccountServer } from '../account/server.js';
import type { ReadArchive } from '../index.js';
import type { Faults, ReportEntry } from '../wire.js';
import type { ReportStore } from './report.js';
import type { SiteState } from './state.js';

export interface DoorsOptions {
  /** Puts the widgets into a fresh account. */
  readonly furnish: (context: AccountContext) => void;
  readonly faults: Partial<Faults>;
  readonly readArchive?: ReadArchive;
}

/** What the pages and the sandbox's bar ask beside the account's own interfaces, under `/sandbox/`. */
export interface Doors {
  readonly hooks: HooksOptions;
  extend(app: FastifyInstance, context: AccountContext): void;
  /** The server listens. */
  started(server: AccountServer): void;
  buildFailed(faults: readonly string[]): void;
}

export function doors(site: SiteState, report: ReportStore, options: DoorsOptions): Doors {
  void options;
  return {
    hooks: {},
    extend(app, context) {
      app.get('/sandbox/report', (_request, reply) => reply.send(report.entries()));
      app.post<{ Body: ReportEntry[] }>('/sandbox/report', (request, reply) => {
        if (!isFromOwnPage(request))
          return reply.code(403).send({ error: 'Only pages of the account may ask.' });
        report.add(request.body);
        return reply.code(204).send();
      });
      app.get('/sandbox/triggers', (_request, reply) =>
        reply.send([...context.account.dp_triggers.values()]),
      );
    },
    started: () => undefined,
    buildFailed(faults) {
      site.tell({ kind: 'build', faults });
    },
  };
}
