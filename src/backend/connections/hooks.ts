import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ChatServiceError, type StatusReport } from '../chat-services/chat-service.js';
import type {
  AppHook,
  ChatServiceDefinition,
  ConnectedService,
  ServiceEvent,
} from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { installations } from '../installations/tables.js';
import { readRawBodies } from '../receiving/raw-body.js';
import { answerRefusals, Refusal } from '../refusal.js';
import { isStoreUnavailable } from '../store/unavailable.js';
import { isUuid } from '../uuid.js';
import { type EventHandlers, takeEvent } from './events.js';
import type { Opening } from './opening.js';
import { type Channel, channels } from './tables.js';

/** Bytes of a body; media comes by link. Meta puts up to 3 MB of news into one call. */
const bodyLimit = 3 * 1024 * 1024;

export interface HookRoutesOptions extends EventHandlers {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly opening: Opening;
}

interface ChannelHook {
  Params: { service: string; channel: string };
  Querystring: { message?: unknown };
}

interface ServiceHook {
  Params: { service: string };
}

/**
 * What chat services tell of the accounts that are connected: at an address for each channel, or at one for all.
 *
 * | call                                     | answer                                              |
 * | ---------------------------------------- | --------------------------------------------------- |
 * | signature wrong or missing               | 403                                                 |
 * | no such channel, or one that was removed | 404                                                 |
 * | store down, or the service has to be asked and does not answer | 503: it comes again           |
 * | everything else                          | 200, once nothing of it can be lost any more        |
 *
 * Answers have no body: Twilio would send a text in it to the client, and takes JSON for a fault
 * (twilio.com/docs/messaging/twiml, twilio.com/docs/api/errors/12300).
 */
export function hookRoutes(
  app: FastifyInstance,
  context: Context,
  { definitions, opening, ...handlers }: HookRoutesOptions,
): void {
  const { store, config, log } = context;

  const reportOf = (request: FastifyRequest, base = config.publicUrl): StatusReport => ({
    url: `${base}${request.raw.url ?? ''}`,
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  });

  /** Until a service has heard of our new address it calls the one before, and may sign for that. */
  const readSigned = async (
    { hookBase }: Channel,
    read: (base: string) => ReturnType<ConnectedService['readHook']>,
  ): Promise<readonly ServiceEvent[] | undefined> => {
    for (const base of new Set([config.publicUrl, hookBase ?? config.publicUrl])) {
      const events = await readable(() => read(base));
      if (events !== undefined) return events;
    }
    return undefined;
  };

  const appHookOf = (service: string): { hook: AppHook; title: string } => {
    const definition = definitions.get(service);
    if (definition?.appHook === undefined) {
      throw new Refusal(404, 'unknown_service', 'No chat service of this name calls this address');
    }
    return { hook: definition.appHook, title: definition.title };
  };

  void app.register((scope, _options, done) => {
    // The signature is over the bytes as they came.
    readRawBodies(scope, { limit: bodyLimit });
    answerRefusals(scope, log);
    const options = { exposeHeadRoute: false };

    scope.post<ChannelHook>(
      '/chat-services/:service/channels/:channel/hook',
      options,
      async (request, reply) => {
        const { service, channel: id } = request.params;
        const channel = isUuid(id) ? await channelOf(store.db, service, id) : undefined;
        const opened = channel === undefined ? undefined : opening.open(channel);
        if (channel === undefined || opened === undefined) {
          throw new Refusal(404, 'unknown_channel', 'No channel of this chat service has this id');
        }
        const events = await readSigned(channel, (base) => opened.readHook(reportOf(request, base)));
        if (events === undefined) throw wrongSignature(opened.title);
        const { message } = request.query;
        const messageId = typeof message === 'string' ? message : undefined;
        for (const event of events) {
          await durable(() => takeEvent(context, channel, event, { ...handlers, messageId }));
        }
        return reply.code(200).send();
      },
    );

    scope.get<ServiceHook>('/chat-services/:service/hook', options, async (request, reply) => {
      const { hook, title } = appHookOf(request.params.service);
      const answer = hook.verify(new URL(request.raw.url ?? '', config.publicUrl).searchParams);
      if (answer === undefined) throw wrongSignature(title);
      return reply.code(200).type('text/plain; charset=utf-8').send(answer);
    });

    scope.post<ServiceHook>('/chat-services/:service/hook', options, async (request, reply) => {
      const { service } = request.params;
      const { hook, title } = appHookOf(service);
      const events = hook.read(reportOf(request));
      if (events === undefined) throw wrongSignature(title);
      const keys = [...new Set(events.map(({ key }) => key))];
      const known = await channelsOfAccounts(store.db, service, keys);
      for (const { key, event } of events) {
        const concerned = known.filter(({ accountKey }) => accountKey === key);
        for (const channel of concerned) await durable(() => takeEvent(context, channel, event, handlers));
      }
      return reply.code(200).send();
    });
    done();
  });
}

/** Accounts that have uninstalled the integration take nothing. */
const isInUse = and(isNull(channels.removedAt), ne(installations.state, 'uninstalled'));

async function channelOf(
  db: Context['store']['db'],
  service: string,
  id: string,
): Promise<Channel | undefined> {
  const [row] = await db
    .select({ channel: channels })
    .from(channels)
    .innerJoin(installations, eq(installations.id, channels.installationId))
    .where(and(isInUse, eq(channels.id, id), eq(channels.service, service)));
  return row?.channel;
}

/** One account of a service may be connected by several accounts of the platform. */
async function channelsOfAccounts(
  db: Context['store']['db'],
  service: string,
  keys: readonly string[],
): Promise<Channel[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .select({ channel: channels })
    .from(channels)
    .innerJoin(installations, eq(installations.id, channels.installationId))
    .where(and(isInUse, eq(channels.service, service), inArray(channels.accountKey, keys)))
    .orderBy(asc(channels.createdAt));
  return rows.map(({ channel }) => channel);
}

function wrongSignature(title: string): Refusal {
  return new Refusal(403, 'wrong_signature', `The call is not signed by ${title}`);
}

/** Where the service has to be asked who wrote, and does not answer, it is to call again. */
async function readable<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ChatServiceError) throw unavailable('The chat service could not be asked who wrote');
    throw error;
  }
}

async function durable(take: () => Promise<void>): Promise<void> {
  try {
    await take();
  } catch (error) {
    if (isStoreUnavailable(error)) throw unavailable('The call could not be stored');
    throw error;
  }
}

function unavailable(why: string): Refusal {
  return new Refusal(503, 'unavailable', `${why}; send it again later`);
}
