import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm';
import type { ChatServiceDefinition, ConnectedService } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { installations } from '../installations/tables.js';
import { SealedTextError } from '../sealing.js';
import { isUuid } from '../uuid.js';
import type { Secrets } from './secrets.js';
import { type Channel, channels } from './tables.js';

/** A channel with the service that its access data opens. */
export interface OpenChannel {
  readonly channel: Channel;
  readonly service: ConnectedService;
}

export interface Opening {
  /** Undefined when its service is not configured any more, or its access data is gone or does not open. */
  open(channel: Channel): ConnectedService | undefined;
  /** A saved channel of an account that has the integration; undefined for any other. */
  openSaved(channelId: string): Promise<OpenChannel | undefined>;
}

export function createOpening(
  { store, log }: Pick<Context, 'store' | 'log'>,
  { definitions, secrets }: { definitions: ReadonlyMap<string, ChatServiceDefinition>; secrets: Secrets },
): Opening {
  const open = (channel: Channel): ConnectedService | undefined => {
    try {
      const credentials = secrets.openCredentials(channel);
      return credentials === undefined ? undefined : definitions.get(channel.service)?.open(credentials);
    } catch (error) {
      if (!(error instanceof SealedTextError)) throw error;
      log.error({ err: error, channel: channel.id }, 'The access data of a channel cannot be opened');
      return undefined;
    }
  };
  return {
    open,
    async openSaved(channelId) {
      if (!isUuid(channelId)) return undefined;
      const [row] = await store.db
        .select({ channel: channels })
        .from(channels)
        .innerJoin(installations, eq(installations.id, channels.installationId))
        .where(
          and(
            eq(channels.id, channelId),
            isNull(channels.removedAt),
            isNotNull(channels.savedAt),
            ne(installations.state, 'uninstalled'),
          ),
        );
      const channel = row?.channel;
      const service = channel === undefined ? undefined : open(channel);
      return channel === undefined || service === undefined ? undefined : { channel, service };
    },
  };
}
