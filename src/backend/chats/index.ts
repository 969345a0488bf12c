import type { FastifyInstance } from 'fastify';
import type { StatusUpdate } from '../chat-services/chat-service.js';
import type { ConnectedService, IncomingMessage } from '../chat-services/definition.js';
import type { Channel } from '../connections/tables.js';
import type { Context } from '../context.js';
import { createHttp, type SendHttp } from '../kommo-api/http.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { createOutage, type Outage } from '../receiving/outage.js';
import { acceptIncoming, type IncomingAcceptance } from './incoming/accept.js';
import { startChatJobs } from './jobs.js';
import { mediaLinks } from './media/link.js';
import { mediaRoute, type MediaRouteOptions } from './media/route.js';
import { chatsHookRoute } from './outgoing/route.js';
import { takeReport, type ReportedMessage } from './outgoing/report.js';

export type { IncomingAcceptance, ReportedMessage };

/** Conversations between clients and the accounts' users. */
export interface Chats {
  /** After the saved channels of an installation have changed. */
  onSaved(installationId: string): Promise<void>;
  /** After the integration was installed, or installed again. */
  onInstalled(installationId: string): Promise<void>;
  /** Stores what a client wrote through this channel, once; it goes into the account soon. */
  onIncoming(channel: Pick<Channel, 'id'>, message: IncomingMessage): Promise<IncomingAcceptance>;
  /** What a chat service reports of a message; false when it is none of a conversation. */
  onChatStatus(message: ReportedMessage, update: StatusUpdate): Promise<boolean>;
  /** Adds `POST /hooks/chats/:scope` and `GET /chat-media/:message/:signature`. */
  routes(app: FastifyInstance): void;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

export interface ChatsOptions {
  readonly apis: KommoApis;
  /** Undefined for a channel that is not saved or whose access data does not open. */
  readonly openChannel: (channelId: string) => Promise<ConnectedService | undefined>;
  /** Of the calls to the chats API. */
  readonly http?: SendHttp;
  readonly outage?: Outage;
  /** Milliseconds between looks at queues that were empty. */
  readonly interval?: number;
  /** Seconds before the second attempt at a message. */
  readonly retrySeconds?: number;
  /** Milliseconds within which a chats hook must be stored. */
  readonly patience?: number;
  readonly media?: Pick<MediaRouteOptions, 'mostBytes' | 'timeout'>;
}

/** Begins to work on what waits, and gives what the rest of the backend tells it by. */
export async function startChats(
  context: Context,
  {
    apis,
    openChannel,
    http = createHttp({ totalMs: 10_000 }),
    outage = createOutage(context.log),
    interval = 500,
    retrySeconds = 5,
    patience,
    media = {},
  }: ChatsOptions,
): Promise<Chats> {
  const links = mediaLinks(context.config);
  const { linkOf } = links;
  const jobs = await startChatJobs(context, { apis, http, openChannel, linkOf, interval, retrySeconds });
  return {
    onSaved: (installationId) => jobs.bring(installationId),
    onInstalled: (installationId) => jobs.bring(installationId, { isInstalledAnew: true }),
    async onIncoming(channel, message) {
      const acceptance = await acceptIncoming(context, channel, message);
      if (acceptance === 'accepted') jobs.wake('in');
      return acceptance;
    },
    onChatStatus: (message, update) => takeReport(message, update, context, { onMoved: jobs.tell }),
    routes(app) {
      const onAccepted = (): void => {
        jobs.wake('out');
      };
      chatsHookRoute(app, context, { outage, onAccepted, patience });
      mediaRoute(app, context, { links, openChannel, ...media });
    },
    stop: () => jobs.stop(),
  };
}
