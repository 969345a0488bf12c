import type { FastifyInstance } from 'fastify';
import { readHookBody } from '../../kommo/hook/body.js';
import { readDpHook } from '../../kommo/hook/digital-pipeline.js';
import type { Context } from '../context.js';
import { hookSecretCheck } from './hook-secret.js';
import { type Inbox, InboxUnavailable } from './inbox.js';
import { createOutage } from './outage.js';
import { readRawBodies } from './raw-body.js';

/** Bytes of a hook's body; real ones have a few hundred. */
const bodyLimit = 1024 * 1024;

/**
 * `POST /hooks/digital-pipeline/:secret`, the address that stands in the manifest as `dp.webhook_url`
 * (`platform/server.md §3`).
 *
 * | answer | when                                                                                  |
 * | ------ | ------------------------------------------------------------------------------------- |
 * | 200    | stored, stored before, or of no use to us: the platform gains nothing from a 4xx (§3.5) |
 * | 400    | the body is no hook; the reason stands in the answer                                  |
 * | 404    | the secret is not ours                                                                |
 * | 503    | the store cannot take it now                                                          |
 */
export function digitalPipelineRoute(
  app: FastifyInstance,
  { config, log, metrics }: Context,
  inbox: Inbox,
  outage = createOutage(log),
): void {
  const count = (result: string): void => {
    metrics.hooks.inc({ kind: 'digital_pipeline', result });
  };
  const isOurSecret = hookSecretCheck(config.hookSecrets);
  void app.register((scope, _options, done) => {
    readRawBodies(scope, { limit: bodyLimit });
    scope.post<{ Params: { secret: string } }>('/hooks/digital-pipeline/:secret', async (request, reply) => {
      const stopTimer = metrics.ackSeconds.startTimer({ kind: 'digital_pipeline' });
      reply.raw.once('finish', stopTimer);
      if (!isOurSecret(request.params.secret)) {
        count('wrong_secret');
        return reply.code(404).send({ code: 'not_found', message: 'There is nothing at this address.' });
      }
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const read = readHookBody(body, request.headers['content-type']);
      if (!read.ok) {
        count('unreadable');
        return reply.code(400).send({ code: 'unreadable', message: read.reason });
      }
      const result = readDpHook(read.value);
      if (!result.ok) {
        if ('fault' in result) {
          count('unreadable');
          return reply.code(400).send({ code: 'unreadable', message: result.fault });
        }
        count(result.refusal);
        log.info({ refusal: result.refusal }, 'A digital-pipeline hook is of no use');
        return { result: result.refusal };
      }
      try {
        const acceptance = await inbox.accept(result.hook);
        outage.stored();
        count(acceptance);
        if (acceptance === 'unknown_account') {
          log.warn({ accountId: result.hook.accountId }, 'A hook came from an account without installation');
        }
        return { result: acceptance };
      } catch (error) {
        if (!(error instanceof InboxUnavailable)) throw error;
        count('unavailable');
        outage.refused(error);
        return reply
          .code(503)
          .header('Retry-After', '5')
          .send({ code: 'unavailable', message: 'The event could not be stored; send it again later.' });
      }
    });
    done();
  });
}
