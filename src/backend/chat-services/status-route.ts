import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { isKnownMessage } from '../delivery/outcomes.js';
import { moveByReport } from '../delivery/reports.js';
import { readRawBodies } from '../receiving/raw-body.js';
import { answerRefusals, Refusal } from '../refusal.js';
import { isUuid } from '../uuid.js';
import type { ChatService, StatusUpdate } from './chat-service.js';

/** A report is some hundred bytes long. */
const bodyLimit = 64 * 1024;

interface StatusRoute {
  Params: { service: string };
  Querystring: { message?: unknown };
  Body: unknown;
}

/**
 * `POST /chat-services/:service/status[?message=<id>]`: what a chat service reports about messages that it took.
 *
 * | report                                         | answer                                    |
 * | ---------------------------------------------- | ----------------------------------------- |
 * | signature wrong or missing                     | 403                                       |
 * | store down                                     | 503: the service tries again              |
 * | of a message that we have                      | 200, and the message moves, if forward    |
 * | of one that we do not have, its address names one | 200: it was deleted, or sent twice     |
 * | of one that we do not have, its address names none | 404: the answer to its sending may still be on its way |
 *
 * The messages that this backend sends name themselves in the address (`statusUrl`), so a report never overtakes what
 * it is about.
 */
export function statusRoutes(app: FastifyInstance, context: Context, services: readonly ChatService[]): void {
  const { log, config } = context;
  void app.register((scope, _options, done) => {
    // The signature is over the bytes as they came.
    readRawBodies(scope, { limit: bodyLimit });
    answerRefusals(scope, log);

    scope.post<StatusRoute>('/chat-services/:service/status', async (request, reply) => {
      const service = services.find(({ name }) => name === request.params.service);
      if (service === undefined) {
        throw new Refusal(404, 'unknown_service', 'No chat service of this name is connected');
      }
      const updates = service.readStatus({
        url: `${config.publicUrl}${request.raw.url ?? ''}`,
        headers: request.headers,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      });
      if (updates === undefined) {
        throw new Refusal(403, 'wrong_signature', `The report is not signed by ${service.title}`);
      }
      const { message } = request.query;
      const id = isUuid(message) ? message : undefined;
      for (const update of updates) await take(service.name, update, id);
      return reply.code(200).send({});
    });
    done();
  });

  const take = async (service: string, update: StatusUpdate, id: string | undefined): Promise<void> => {
    const key = { id, service, serviceMessageId: update.id, channelId: null };
    if (await moveByReport(key, update, context)) return;
    if (id === undefined && !(await isKnownMessage(context.store.db, key))) {
      throw new Refusal(404, 'unknown_message', 'No message has this id; it may come a moment later');
    }
  };
}
