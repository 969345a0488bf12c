import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readHookBody } from '../../../kommo/hook/body.js';
import { readWebhookBody } from '../../../kommo/hook/webhooks.js';
import type { Context } from '../../context.js';
import { hookSecretCheck } from '../hook-secret.js';
import { createOutage, type Outage } from '../outage.js';
import { readRawBodies } from '../raw-body.js';
import { storeWebhooks } from './storing.js';
import type { WebhookAcceptance } from './storing.js';
import type { Subscriber } from './subscriber.js';
import { subscribers as everybody } from './subscribers.js';

/** Bytes of a body; the longest, with hundreds of custom fields, have some ten thousand. */
const bodyLimit = 1024 * 1024;

export interface WebhookRoutesOptions {
  readonly subscribers?: readonly Subscriber[];
  /** Milliseconds within which a webhook must be stored: the platform waits for two seconds (`platform/server.md §4.3`). */
  readonly patience?: number;
  readonly outage?: Outage;
}

/**
 * `POST /hooks/webhooks/:secret`, where the accounts' general webhooks come in (`platform/server.md §4`).
 *
 * | answer   | when                                                                              |
 * | -------- | --------------------------------------------------------------------------------- |
 * | 200      | stored and handed over, stored before, or of no use to us: a 4xx would be repeated |
 * | 400, 413 | the body is no webhook, or too long; the reason stands in the answer              |
 * | 404      | the secret is not ours                                                            |
 * | 503      | the store cannot take it now; the platform sends it again                         |
 */
export function webhookRoutes(
  app: FastifyInstance,
  { config, store, log, metrics, clock }: Context,
  { subscribers = everybody, patience = 1500, outage = createOutage(log) }: WebhookRoutesOptions = {},
): void {
  const count = (result: string): void => {
    metrics.hooks.inc({ kind: 'webhook', result });
  };
  const isOurSecret = hookSecretCheck(config.hookSecrets);
  void app.register((scope, _options, done) => {
    readRawBodies(scope, { limit: bodyLimit });
    scope.addHook('onRequest', (_request, reply, next) => {
      reply.raw.once('finish', metrics.ackSeconds.startTimer({ kind: 'webhook' }));
      next();
    });
    scope.addHook('onError', (_request, _reply, error, next) => {
      // Fastify has refused the body before the route could.
      if ((error.statusCode ?? 500) < 500) count('unreadable');
      next();
    });
    scope.post<{ Params: { secret: string } }>('/hooks/webhooks/:secret', async (request, reply) => {
      const unreadable = (message: string) => {
        count('unreadable');
        return reply.code(400).send({ code: 'unreadable', message });
      };
      if (!isOurSecret(request.params.secret)) {
        count('wrong_secret');
        return reply.code(404).send({ code: 'not_found', message: 'There is nothing at this address.' });
      }
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const read = readHookBody(bytes, request.headers['content-type']);
      if (!read.ok) return unreadable(read.reason);
      const result = readWebhookBody(read.value);
      if (!result.ok) return unreadable(result.fault);

      const bodyHash = createHash('sha256').update(bytes).digest('hex');
      let acceptance: WebhookAcceptance;
      try {
        const stored = storeWebhooks(store, result.body, { bodyHash, now: clock.now(), subscribers });
        acceptance = await within(patience, stored);
        outage.stored();
      } catch (error) {
        count('unavailable');
        outage.refused(error);
        const message = 'The webhook could not be stored; send it again later.';
        return reply.code(503).header('Retry-After', '5').send({ code: 'unavailable', message });
      }
      count(acceptance);
      if (acceptance === 'unknown_account') {
        log.info({ accountId: result.body.accountId }, 'a webhook came from an account without installation');
      }
      return { result: acceptance };
    });
    done();
  });
}

/** What comes later finds the webhook stored, or not; the platform's repetition sees to either. */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The store did not answer within ${milliseconds} ms.`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
