import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { type ChatService, ChatServiceError } from '../chat-services/chat-service.js';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import { statusUrl } from '../chat-services/status-url.js';
import type { Context } from '../context.js';
import type { Sender, Senders } from '../delivery/sender.js';
import { keepAnswers } from '../kept-answers.js';
import { markDisconnected } from './channels.js';
import { hookUrl } from './hook-url.js';
import type { Opening } from './opening.js';
import { type Channel, channels, connectionVersions } from './tables.js';

/** Milliseconds for which an opened channel is good: a worker asks for the same one hundreds of times a second. */
const lifetime = 2000;

export interface SendersOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly opening: Opening;
  /** Of the configuration, for accounts that have never saved a channel of their own. */
  readonly chatService: ChatService | undefined;
}

export interface ChannelSenders extends Senders {
  /** Lets a change of the installation's channels hold for the next message. */
  forget(installationId: string): void;
}

export function createSenders(
  { store, config, log }: Context,
  { definitions, opening, chatService }: SendersOptions,
): ChannelSenders {
  const { db } = store;
  const kept = keepAnswers<Sender | undefined>({ lifetime });

  const configured: Sender | undefined = chatService && {
    service: chatService,
    channelId: null,
    statusUrl: (messageId) => statusUrl(config, { service: chatService.name, messageId }),
    onRefused: () => Promise.resolve(),
  };

  const toSender = (channel: Channel): Sender => {
    const service = channel.state === 'connected' ? opening.open(channel) : undefined;
    const { id, service: name } = channel;
    return {
      service: service ?? closedService(name, definitions.get(name)?.title ?? name),
      channelId: id,
      statusUrl: (messageId) => hookUrl(config, channel, messageId),
      async onRefused() {
        if (service === undefined) return;
        await markDisconnected(db, id);
        kept.forget(channel.installationId);
        kept.forget(id);
        log.warn({ channel: id, service: name }, 'A chat service does not let a channel in any more');
      },
    };
  };

  const isSaved = and(isNull(channels.removedAt), isNotNull(channels.savedAt));
  /** Whoever has disconnected what they had connected wants nothing sent in another way. */
  const hasSaved = async (installationId: string): Promise<boolean> => {
    const ours = eq(connectionVersions.installationId, installationId);
    return (await db.$count(connectionVersions, and(ours, eq(connectionVersions.hasSaved, true)))) > 0;
  };
  const readDefault = async (installationId: string): Promise<Sender | undefined> => {
    const [channel] = await db
      .select()
      .from(channels)
      .where(and(eq(channels.installationId, installationId), eq(channels.isDefault, true), isSaved));
    if (channel !== undefined) return toSender(channel);
    return configured !== undefined && (await hasSaved(installationId)) ? undefined : configured;
  };
  const readChannel = async (id: string): Promise<Sender | undefined> => {
    const [channel] = await db
      .select()
      .from(channels)
      .where(and(eq(channels.id, id), isSaved));
    return channel && toSender(channel);
  };

  return {
    of: (installationId) => kept.get(installationId, () => readDefault(installationId)),
    async again({ channelId, service }) {
      const known =
        channelId === null
          ? service === chatService?.name
            ? configured
            : undefined
          : await kept.get(channelId, () => readChannel(channelId));
      return (
        known ?? {
          service: closedService(service, definitions.get(service)?.title ?? service),
          channelId,
          statusUrl: (messageId) => statusUrl(config, { service, messageId }),
          onRefused: () => Promise.resolve(),
        }
      );
    },
    titleOf: (service) =>
      service === null || service === chatService?.name
        ? chatService?.title
        : (definitions.get(service)?.title ?? service),
    forget(installationId) {
      kept.forget(installationId);
    },
  };
}

/** In the place of one that is disconnected, or not in use any more. */
function closedService(name: string, title: string): ChatService {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new ChatServiceError('not_connected', `${title} is disconnected.`, { reason: 'not_connected' }),
    );
  return { name, title, send: refuse, check: refuse, readStatus: () => undefined };
}
