import { randomUUID } from 'node:crypto';
import { accountInfo } from './account-info.js';
import { callNotices } from './call-notices.js';
import { calls } from './calls.js';
import { requireCaller } from './caller.js';
import { chatTemplates } from './chat-templates.js';
import { complex } from './complex.js';
import { customFields } from './custom-fields.js';
import { entities } from './entities.js';
import { events } from './events.js';
import { links } from './links.js';
import { notesV2 } from './notes-v2.js';
import { notes } from './notes.js';
import { pipelines } from './pipelines.js';
import { Problem, sendProblem } from './problem.js';
import { limitRate } from './rate-limit.js';
import { sources } from './sources.js';
import { tasks } from './tasks.js';
import { unsortedSummary } from './unsorted-summary.js';
import { unsorted } from './unsorted.js';
import { users } from './users.js';
import { webhooks } from './webhooks.js';
import { widgets } from './widgets.js';
import { readJsonBodies } from '../json.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';

export type Part = (app: FastifyInstance, context: AccountContext) => void;

const v4Parts: readonly Part[] = [
  accountInfo,
  users,
  pipelines,
  customFields,
  complex,
  unsortedSummary,
  unsorted,
  links,
  notes,
  entities,
  events,
  tasks,
  calls,
  sources,
  webhooks,
  widgets,
  chatTemplates,
];

export interface ApiOptions {
  /** Calls that an account may make in a second; Infinity lifts the limit. */
  readonly requestsPerSecond?: number;
  /** Parts with addresses of their own under `/api` that share the token check, the limit and the errors. */
  readonly parts?: readonly Part[];
}

/**
 * The API of the account, version 4 and what is left of version 2 (`platform/server.md §5`). Every refusal, also of
 * an address that is not there or a body that is no JSON, is `application/problem+json`. Every answer has an
 * `X-Request-Id`, which the platform's own client logs (`§5.1`).
 */
export function api(
  app: FastifyInstance,
  context: AccountContext,
  { requestsPerSecond = 7, parts = [] }: ApiOptions = {},
): void {
  void app.register((room, _options, done) => {
    room.addHook('onRequest', (_request, reply, next) => {
      void reply.header('X-Request-Id', randomUUID());
      next();
    });
    if (Number.isFinite(requestsPerSecond)) limitRate(room, context, requestsPerSecond);
    requireCaller(room, context);
    room.removeAllContentTypeParsers();
    readJsonBodies(room, ['application/json', 'application/hal+json']);
    room.setErrorHandler((error, _request, reply) => {
      sendProblem(reply, asProblem(error));
    });
    for (const part of parts) part(room, context);
    inFolder(room, context, '/api/v4', v4Parts);
    inFolder(room, context, '/api/v2', [notesV2, callNotices]);
    room.all('/api/*', () => {
      throw new Problem(404, 'There is no such method.');
    });
    done();
  });
}

function inFolder(
  app: FastifyInstance,
  context: AccountContext,
  prefix: string,
  parts: readonly Part[],
): void {
  void app.register(
    (folder, _options, done) => {
      for (const part of parts) part(folder, context);
      done();
    },
    { prefix },
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 500 && error instanceof Error) return new Problem(status, error.message);
  return new Problem(500, 'The sandbox failed: this is a bug of the sandbox, not of the caller.');
}
